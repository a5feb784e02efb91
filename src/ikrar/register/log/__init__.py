"""The log: append, annul, erase, verify. Nothing else writes to it."""
