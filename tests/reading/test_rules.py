"""Every rule fires on its own examples and on none of its near misses."""

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from ikrar.reading.playground import rules_firing
from ikrar.reading.rules import KINDS, LANGUAGES, Rule, RulePack, RulePackError, load_pack

PACKS = [load_pack(language) for language in LANGUAGES]


def examples(which: str) -> list[ParameterSet]:
    return [
        pytest.param(rule, sentence, id=f"{rule.id}-{number}")
        for pack in PACKS
        for rule in pack.rules
        for number, sentence in enumerate(getattr(rule, which), 1)
    ]


@pytest.mark.parametrize(("rule", "sentence"), examples("must"))
def test_rule_fires_on_its_example(rule: Rule, sentence: str) -> None:
    assert rule.id in {fired.rule for fired in rules_firing(sentence, rule.language)}


@pytest.mark.parametrize(("rule", "sentence"), examples("must_not"))
def test_rule_does_not_fire_on_a_near_miss(rule: Rule, sentence: str) -> None:
    assert rule.id not in {fired.rule for fired in rules_firing(sentence, rule.language)}


@pytest.mark.parametrize("pack", PACKS, ids=LANGUAGES)
def test_rules_each_have_an_example_a_near_miss_and_an_id_of_their_own(pack: RulePack) -> None:
    ids = [rule.id for rule in pack.rules]
    assert len(ids) == len(set(ids))
    for rule in pack.rules:
        assert rule.must, rule.id
        assert rule.must_not, rule.id
        assert rule.id.startswith(f"{pack.language}.")


@pytest.mark.parametrize("pack", PACKS, ids=LANGUAGES)
def test_rules_cover_every_kind(pack: RulePack) -> None:
    assert {rule.kind for rule in pack.rules} == set(KINDS)


def write_pack(folder: Path, rule: str) -> None:
    home = folder / "id"
    home.mkdir(parents=True)
    (home / "families.yaml").write_text("ask: {minta: meN-}\n", "utf-8")
    (home / "phrases.yaml").write_text("gap: '(?:\\S+ ){0,2}'\n", "utf-8")
    (home / "words.yaml").write_text("pronouns: []\n", "utf-8")
    (home / "themes.yaml").write_text("forum: [forum]\n", "utf-8")
    (home / "rules_1.yaml").write_text(f"rules:\n  - {rule}\n", "utf-8")


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{id: id.x, kind: beg, cue: '{ask}'}", "no kind"),
        ("{id: id.x, kind: request, cue: '{plead}'}", "Nothing is called"),
        ("{id: id.x, kind: request, cue: 'meminta'}", "names no family"),
        ("{id: id.x, kind: request, cue: '{ask}', colour: red}", "unknown keys"),
    ],
)
def test_rule_that_is_wrongly_written_is_refused(tmp_path: Path, rule: str, sentence: str) -> None:
    write_pack(tmp_path, rule)
    with pytest.raises(RulePackError, match=sentence):
        load_pack("id", tmp_path)
