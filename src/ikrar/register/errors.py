"""Errors of the register are sentences: the docstring is what the person reads."""

import inspect


class SentenceError(Exception):
    """Something could not be done, and nothing was changed."""

    def __str__(self) -> str:
        """Speak the class docstring."""
        return inspect.getdoc(type(self)) or ""
