"""The register: sources, meetings, undertakings, the log of moves and the standings computed from it."""
