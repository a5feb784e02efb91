"""Writes of the register, one transaction each."""
