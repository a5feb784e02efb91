"""Names of parties, bodies, institutions, offices, persons and places, as data that can grow."""

from ikrar.reading.gazetteer.entry import Entry, EntryKind, Mention, Names, Party, Place
from ikrar.reading.gazetteer.load import GazetteerError
from ikrar.reading.gazetteer.lookup import Gazetteer
from ikrar.reading.gazetteer.office import OfficeGrammar, OfficePhrase
from ikrar.reading.gazetteer.person import Holding, Person

__all__ = [
    "Entry",
    "EntryKind",
    "Gazetteer",
    "GazetteerError",
    "Holding",
    "Mention",
    "Names",
    "OfficeGrammar",
    "OfficePhrase",
    "Party",
    "Person",
    "Place",
]
