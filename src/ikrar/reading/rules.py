"""Rule packs: YAML per language, loaded once and compiled to patterns over a masked sentence.

A pack is a folder `lang/<code>/` with `families.yaml` (roots and affixes), `phrases.yaml` (named
patterns), `words.yaml` (lists) and `rules_*.yaml`. In a pattern `{ask}` stands for the active forms
of a family, `{ask.passive}`, `{ask.noun}` … for the others, `{adverb}` for a phrase, and `{ACTOR}`,
`{PARTY}`, `{BOTH}`, `{PERSON}`, `{QUOTE}` for what the sentence's mask holds (see `mask`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml

from ikrar.reading.inflection import english_voices, indonesian_voices

LANGUAGES: Final = ("id", "en")
LANG_FOLDER: Final = Path(__file__).parent / "lang"
EXAMPLE_NAMES: Final = LANG_FOLDER / "names"  # invented States and persons of the rules' examples

# One private character per class of mention; the mask repeats it for the mention's length.
PARTY, PERSON, BOTH, PRONOUN, QUOTE, ADJECTIVE = "\ue000\ue001\ue002\ue003\ue004\ue005"
MASKS: Final = {
    "PARTY": f"[{PARTY}{ADJECTIVE}]+",
    "STATE": f"{PARTY}+",
    "PERSON": f"{PERSON}+",
    "BOTH": f"{BOTH}+",
    "PRONOUN": f"{PRONOUN}+",
    "QUOTE": f"{QUOTE}+",
    "ADJECTIVE": f"{ADJECTIVE}+",
    "ACTOR": f"[{PARTY}{PERSON}{BOTH}{PRONOUN}]+",
}

BINDING: Final = ("request", "offer", "promise", "accept", "decline")
MOVES: Final = (*BINDING, "counter", "acknowledge", "withdraw", "report", "confirm", "dispute")
KINDS: Final = (*MOVES, "announce", "position", "inform")


class RulePackError(ValueError):
    """A rule pack is not written as the rules are to be written."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One frame: a cue, who must stand where, and the kind of statement that it opens.

    `agent` says where the mover is found: `subject` (left of an active verb), `by` (the group
    `agent` of the pattern), `owner` (the group `owner`, else the subject). `joint` fires for two
    sides at once, `reciprocal` gives a promise of each on the condition of the other, `told` is an
    act that somebody else refers to, `fallback` yields to any other act that it introduces,
    `object_first` has its content before the cue, `silent` only says who tells what follows,
    `adjacent` wants its subject right before the cue, `answers` marks a promise that is a reply
    when reports are compared. `strength` parts rules of one kind: support (2) says more than a
    warm word (1).
    """

    id: str
    kind: str
    language: str
    pattern: re.Pattern[str]
    heads: frozenset[str]
    agent: str = "subject"
    hedged: bool = False
    joint: bool = False
    reciprocal: bool = False
    fallback: bool = False
    told: bool = False
    object_first: bool = False
    silent: bool = False
    answers: bool = False
    adjacent: bool = False
    strength: int = 1
    unless_after: re.Pattern[str] | None = None
    unless_before: re.Pattern[str] | None = None
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RulePack:
    """The compiled rules and words of one language."""

    language: str
    rules: tuple[Rule, ...]
    forms: dict[str, frozenset[str]] = field(repr=False)
    phrases: dict[str, re.Pattern[str]] = field(repr=False)
    words: dict[str, Any] = field(repr=False)
    themes: dict[str, tuple[str, ...]] = field(repr=False)

    order: dict[str, int] = field(repr=False)

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id; KeyError when there is none."""
        return self.rules[self.order[rule_id]]


def _read(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise RulePackError(f"{path.name} is not a mapping.")
    return loaded


def _forms(language: str, families: dict[str, dict[str, str]]) -> dict[str, frozenset[str]]:
    voices_of = indonesian_voices if language == "id" else english_voices
    forms: dict[str, set[str]] = {}
    for family, roots in families.items():
        for root, patterns in roots.items():
            for voice, words in voices_of(str(root), (patterns or "").split()).items():
                name = family if voice == "active" else f"{family}.{voice}"
                forms.setdefault(name, set()).update(words)
        if not forms.get(family):  # a family of nouns goes by its own name
            forms[family] = forms.get(f"{family}.noun", set())
    return {name: frozenset(words) for name, words in forms.items()}


def _alternation(words: frozenset[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return r"\b(?:" + "|".join(ordered) + ")"


_NAME: Final = re.compile(
    r"\{([A-Za-z_][\w.]*)\}(?P<clitic>(?=\(\?(?::|P<\w+>|:\(\?P<\w+>)-?nya))?"
)
_CLITIC: Final = "nya"  # Indonesian "his, her, its", written on to the noun


class _Compiler:
    """Expands `{names}` to patterns; a phrase may name other phrases."""

    def __init__(self, forms: dict[str, frozenset[str]], phrases: dict[str, str]) -> None:
        self._forms = forms
        self._phrases = phrases
        self._known = {name: _alternation(words) for name, words in forms.items() if words}

    def expand(self, pattern: str, depth: int = 0) -> str:
        if depth > 8:
            raise RulePackError(f"Phrases name each other in a circle: {pattern!r}.")
        return _NAME.sub(lambda match: self._meaning(match, depth), pattern)

    def _meaning(self, match: re.Match[str], depth: int) -> str:
        name = match.group(1)
        if name in MASKS:
            return MASKS[name]
        if name in self._known:
            return self._known[name] + ("" if match["clitic"] is not None else r"\b")
        if name in self._phrases:
            return f"(?:{self.expand(self._phrases[name], depth + 1)})"
        raise RulePackError(f"Nothing is called {{{name}}}.")

    def compile(self, pattern: str) -> re.Pattern[str]:
        expanded = re.sub(r" [?*]", r"\\s*", self.expand(pattern))
        return re.compile(expanded.replace(" ", r"\s+"))

    def heads(self, pattern: str, given: str | None) -> frozenset[str]:
        """The words one of which the sentence must hold for the pattern to be tried.

        `given` names the families where the pattern itself names none.
        """
        names = [match.group(1) for match in _NAME.finditer(pattern)]
        for family in (given or "").split():
            names += [name for name in self._forms if name.partition(".")[0] == family]
        named = [self._forms[name] for name in names if name in self._forms]
        if not named:
            raise RulePackError(f"The cue {pattern!r} names no family.")
        words = frozenset().union(*named)
        return words | {word + _CLITIC for word in words} if _CLITIC in pattern else words


_FLAGS: Final = (
    "hedged",
    "joint",
    "reciprocal",
    "fallback",
    "told",
    "object_first",
    "silent",
    "answers",
    "adjacent",
)


def _rule(language: str, entry: dict[str, Any], compiler: _Compiler) -> Rule:
    if entry["kind"] not in KINDS:
        raise RulePackError(f"{entry['id']}: there is no kind {entry['kind']!r}.")
    unknown = set(entry) - {
        "id",
        "kind",
        "cue",
        "agent",
        "head",
        "strength",
        "must",
        "must_not",
        *_FLAGS,
    }
    if unknown - {"unless_after", "unless_before"}:
        raise RulePackError(f"{entry['id']}: unknown keys {sorted(unknown)}.")
    after, before = entry.get("unless_after"), entry.get("unless_before")
    return Rule(
        id=entry["id"],
        kind=entry["kind"],
        language=language,
        pattern=compiler.compile(entry["cue"]),
        heads=compiler.heads(entry["cue"], entry.get("head")),
        agent=entry.get("agent", "subject"),
        strength=int(entry.get("strength", 1)),
        unless_after=compiler.compile(f"(?:{after}) {{gap}}$") if after else None,
        unless_before=compiler.compile(f"^ ?{{gap}}(?:{before})") if before else None,
        must=tuple(entry.get("must", ())),
        must_not=tuple(entry.get("must_not", ())),
        **{flag: bool(entry.get(flag, False)) for flag in _FLAGS},
    )


@cache
def load_pack(language: str, folder: Path = LANG_FOLDER) -> RulePack:
    """The rule pack of `language`, compiled once per process; RulePackError says what is wrong."""
    home = folder / language
    phrases = {name: str(text) for name, text in _read(home / "phrases.yaml").items()}
    forms = _forms(language, _read(home / "families.yaml"))
    compiler = _Compiler(forms, phrases)
    rules = tuple(
        _rule(language, entry, compiler)
        for path in sorted(home.glob("rules_*.yaml"))
        for entry in _read(path)["rules"]
    )
    return RulePack(
        language=language,
        rules=rules,
        forms=forms,
        phrases={name: compiler.compile(text) for name, text in phrases.items()},
        words=_read(home / "words.yaml"),
        themes={name: tuple(words) for name, words in _read(home / "themes.yaml").items()},
        order={rule.id: place for place, rule in enumerate(rules)},
    )


@cache
def rules_digest(folder: Path = LANG_FOLDER) -> str:
    """SHA-256 over the rule files of all languages, by name and bytes."""
    digest = sha256()
    files = (path for language in LANGUAGES for path in (folder / language).glob("*.yaml"))
    for path in sorted(files):
        digest.update(f"{path.parent.name}/{path.name}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
