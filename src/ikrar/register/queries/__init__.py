"""Reads of the register: frozen dataclasses and querysets."""
