"""Ikrar: cooperation between States, from what was said to what was done."""
