"""Themes: which programme's words a statement is about."""

from __future__ import annotations

from collections import Counter
from typing import Final

from ikrar.reading.scan import Scan

THEMES: Final = (
    "candidature",
    "forum",
    "protection",
    "capacity",
    "situation",
    "peace",
    "economy",
    "other",
)


def theme_of(scan: Scan, *places: tuple[int, int]) -> str:
    """The theme of the first place that has any: content, sentence, the sentences before.

    The longest run of words on one theme wins; ties go to the theme named first in `THEMES`.
    """
    for start, end in places:
        counted: Counter[str] = Counter()
        for word in scan.words_in(start, end):
            for role in word.roles:
                if role.startswith("theme:"):
                    counted[role.removeprefix("theme:")] += len(word.text)
        if counted:
            return min(counted, key=lambda theme: (-counted[theme], THEMES.index(theme)))
    return "other"
