"""People who log in, what they may do and how they prove who they are."""
