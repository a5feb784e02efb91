"""The desk: sources come in, the machine reads, a person accepts."""
