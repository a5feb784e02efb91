"""The register: sources, meetings, undertakings, the log of moves and what stands by it."""
