"""What places are called: the names that localities, offices and feeders have in the records."""

from __future__ import annotations

from sqlalchemy import Connection, literal, select, union

from storage.tables import feeder, locality, office

_NO_PLACES = ("company", "zone")
_NAMES = union(
    select(office.c.name, office.c.name_hi, literal("").label("aliases")).where(
        office.c.kind.not_in(_NO_PLACES)
    ),
    select(locality.c.name, locality.c.name_hi, locality.c.aliases),
    select(feeder.c.name, feeder.c.name_hi, literal("")),
)


def names_of_places(db: Connection) -> list[tuple[str, tuple[str, ...]]]:
    """Each place once by its English name, with whatever else it is called."""
    called: dict[str, dict[str, None]] = {}
    for name, name_hi, aliases in db.execute(_NAMES):
        others = called.setdefault(name, {})
        others.update(dict.fromkeys(filter(None, (name_hi, *aliases.split(";")))))
    return [(name, tuple(others)) for name, others in sorted(called.items())]
