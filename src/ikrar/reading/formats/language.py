"""The language of a text by its commonest small words: Indonesian, English, Khmer or another."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_WORDS: Final = {
    "id": _words(
        "yang dan di dengan untuk pada dari ini itu akan tidak dalam oleh juga kepada adalah telah"
        " bahwa ke para serta sebagai atas antara hal agar karena lebih menjadi dapat"
    ),
    "en": _words(
        "the of and to in that for with is was on by as at from it its be has have are were will an"
        " this which their not said also"
    ),
}
_TOKEN: Final = re.compile(r"[^\W\d_]+")
# A note of two lines may hold none of the small words; its verbs and -nya still tell.
_AFFIXED: Final = re.compile(r"\b(?:me|ber|ter)\w{4,}|\w{3,}(?:kan|nya)\b")
_AFFIX_WEIGHT: Final = 0.5
_KHMER: Final = re.compile(r"[\u1780-\u17ff]")
_SAMPLE: Final = 20_000
_LOWEST_SHARE: Final = 0.08


def guess_language(text: str) -> str:
    """`id`, `en`, `km` or `other`, from the first 20,000 characters."""
    sample = text[:_SAMPLE].lower()
    letters = sum(map(str.isalpha, sample))
    if len(_KHMER.findall(sample)) > max(letters, 1) * 0.3:
        return "km"
    tokens = Counter(_TOKEN.findall(sample))
    total = sum(tokens.values())
    shares = {
        language: sum(tokens[word] for word in words) / max(total, 1)
        for language, words in _WORDS.items()
    }
    shares["id"] += _AFFIX_WEIGHT * len(_AFFIXED.findall(sample)) / max(total, 1)
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= _LOWEST_SHARE else "other"
