"""The demo: real documents read into a register, and an invented pair of States shown as such."""
