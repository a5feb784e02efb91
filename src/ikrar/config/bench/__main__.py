"""The measuring process: `python -m ikrar.config.bench SIZE…`, in a home of its own."""

import sys

import django

from ikrar.config import database


def main(sizes: list[int]) -> None:
    """Make the database, measure everything, print tables and the same as Markdown."""
    django.setup()
    database.ready()
    database.migrate_all()
    from ikrar.config.bench.measure import measure_all  # noqa: PLC0415 (needs Django set up)
    from ikrar.config.static_files import collect_when_changed  # noqa: PLC0415

    collect_when_changed()
    measure_all(sizes)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
