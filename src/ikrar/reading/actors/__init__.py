"""Who is who in a document: mentions joined to actors, persons with the offices they hold."""

from ikrar.reading.actors.cast import Cast, Figure
from ikrar.reading.actors.find import actors_in

__all__ = ["Cast", "Figure", "actors_in"]
