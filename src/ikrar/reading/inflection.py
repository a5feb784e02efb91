"""Inflected forms from a root and affix patterns: the rule packs name families, not word lists.

Indonesian patterns join an affix to the root as the language does (`meN-` takes on the shape of
the first sound: *tawar* → *menawar*); English patterns add endings to a lemma.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

VOWELS = "aeiou"
_NASAL = {"p": "m", "t": "n", "k": "ng", "s": "ny"}  # the first sound is lost
_BEFORE = {  # the first sound is kept; p t k s come here only before a consonant
    **dict.fromkeys("bfvp", "m"),
    **dict.fromkeys("dcjzts", "n"),
    **dict.fromkeys(VOWELS + "ghk", "ng"),
}


def _syllables(root: str) -> int:
    return sum(
        letter in VOWELS and not (before in VOWELS and letter != before)
        for before, letter in zip(" " + root, root, strict=False)
    )


def nasal(prefix: str, root: str) -> str:
    """`meN-` or `peN-` before `root`: nasal("me", "tawar") == "menawar"."""
    first = root[0]
    if _syllables(root) == 1:
        return f"{prefix}nge{root}"
    if first in _NASAL and root[1:2] in VOWELS:
        return prefix + _NASAL[first] + root[1:]
    return prefix + _BEFORE.get(first, "") + root


def _ber(root: str) -> str:
    return ("be" if root.startswith("r") else "ber") + root


def _joined(prefix: str, root: str) -> str:
    if prefix == "meN":
        return nasal("me", root)
    if prefix == "peN":
        return nasal("pe", root)
    return _ber(root) if prefix == "ber" else prefix + root


def inflect_indonesian(root: str, pattern: str) -> str:
    """One form: `meN-kan` of *tawar* is *menawarkan*; `=` is the bare root."""
    if pattern == "=":
        return root
    prefix, _, suffix = pattern.partition("-")
    return (_joined(prefix, root) if prefix else root) + suffix


def _passive(pattern: str) -> str:
    prefix, _, suffix = pattern.partition("-")
    return {"meN": "di-", "memper": "diper-"}.get(prefix, "") + suffix


def _object_voice(pattern: str) -> str:
    prefix, _, suffix = pattern.partition("-")
    return {"meN": (suffix and f"-{suffix}") or "=", "memper": f"per-{suffix}"}.get(prefix, "")


def _derive(pattern: str, turn: Callable[[str], str]) -> str:
    return turn(pattern) if pattern.startswith(("meN-", "memper-")) else ""


def indonesian_voices(root: str, patterns: Iterable[str]) -> dict[str, set[str]]:
    """Forms by voice: active, passive (`di-`), bare (object voice: *kami harapkan*), noun."""
    voices: dict[str, set[str]] = {"active": set(), "passive": set(), "bare": set(), "noun": set()}
    for pattern in patterns:
        is_noun = pattern.startswith(("peN-", "per-", "ke-")) or pattern in {"-an", "=n"}
        voices["noun" if is_noun else "active"].add(
            inflect_indonesian(root, pattern.replace("=n", "="))
        )
        for voice, turn in (("passive", _passive), ("bare", _object_voice)):
            if derived := _derive(pattern, turn):
                voices[voice].add(inflect_indonesian(root, derived))
    return voices


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _gerund(lemma: str) -> str:
    return (lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma) + "ing"


def english_voices(lemma: str, irregular: Iterable[str]) -> dict[str, set[str]]:
    """Forms by voice: active (finite), passive (participle), ing, bare, noun (given as `n:word`).

    `irregular` may give the past, the participle and the -ing form in that order, or nouns alone;
    an underscore stands for a blank.
    """
    given = list(irregular)
    nouns = {word[2:].replace("_", " ") for word in given if word.startswith("n:")}
    parts = [word for word in given if not word.startswith("n:")]
    if nouns and not parts:  # the lemma only names the group
        return {"active": set(), "passive": set(), "ing": set(), "bare": set(), "noun": nouns}
    head, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    past = parts[0] if parts else _past(head)
    participle = parts[1] if len(parts) > 1 else past
    gerund = parts[2] if len(parts) > 2 else _gerund(head)
    return {
        "active": {form + tail for form in (_third(head), past, head)},
        "passive": {participle + tail},
        "ing": {gerund + tail},
        "bare": {head + tail},
        "noun": nouns,
    }
