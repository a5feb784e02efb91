"""How the title of an undertaking is set inside a sentence.

Titles are written by readers and machines alike: "Support the candidature", "Cambodia to take part
in the forum", "Training and other capacity building". Where a title is a thing to do, the sentence
says "asked … to support"; anything else stands after a colon, which is never wrong.
"""

import re
from dataclasses import dataclass

DOING = {
    "en": re.compile(
        r"(accede|accept|adopt|agree|assist|attend|begin|bring|build|carry|change|co-sponsor|"
        r"complete|conclude|continue|convene|cooperate|create|deepen|develop|draft|drive|end|"
        r"enact|ensure|establish|expand|extend|facilitate|finish|give|grant|guarantee|help|hold|"
        r"host|implement|improve|increase|inform|introduce|invite|join|keep|lend|maintain|make|"
        r"name|nominate|notify|offer|open|organise|participate|pay|prepare|present|prevent|print|"
        r"promote|protect|provide|publish|ratify|reduce|release|remove|repeal|report|resume|send|"
        r"set|share|sign|stop|strengthen|submit|support|take|train|translate|vote|welcome|widen|"
        r"withdraw|work) (?!for\b|of\b)|vote for\b|work for\b",
        re.IGNORECASE,
    ),
    "id": re.compile(r"(me[a-z]{4,}|ber[a-z]{4,}|ikut|turut) (?!bagi\b)", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What is to be done, as it stands inside a sentence; `is_deed`: it begins with a verb."""

    text: str
    is_deed: bool


def wording_of(title: str, performer: str, language: str) -> Wording:
    """Fit a title into a sentence that has named the performer already.

    `performer` is the performer's name in that language.
    """
    text = title.strip().rstrip(".")
    doing = DOING[language]
    named = re.match(rf"{re.escape(performer)}\s+(to\s+)?", text)
    if named and (named.group(1) or doing.match(text, named.end())):
        return Wording(text[named.end() :], is_deed=True)
    if doing.match(text):
        return Wording(text[:1].lower() + text[1:], is_deed=True)
    return Wording(text, is_deed=False)
