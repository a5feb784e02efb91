"""Parties, persons and the offices they held on a day; occasions after which nothing is told."""
