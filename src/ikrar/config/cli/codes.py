"""Exit codes, the same for every command."""

BAD_USAGE = 2
SOME_UNREADABLE = 3
NOT_VERIFIED = 4
