"""Sentences made from moves and standings, in the active language. No database."""

from ikrar.register.sentences.acts import act_title
from ikrar.register.sentences.moves import could, refusal_sentence
from ikrar.register.sentences.standing import Case, Told, standing_sentence
from ikrar.register.sentences.voice import Voice

__all__ = [
    "Case",
    "Told",
    "Voice",
    "act_title",
    "could",
    "refusal_sentence",
    "standing_sentence",
]
