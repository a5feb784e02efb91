"""Moves and undertakings: who asked, who promised, and whether the asker agrees that it was done.

Plain Python: no database, no clock, no framework. Read it in this order: `party`, `move`,
`conversation` (which move may follow), `order`, `standing` (the fold).
"""
