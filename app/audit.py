"""`bijli audit`: every invariant of the database, and the rows that break one."""

from __future__ import annotations

from datetime import datetime

from storage.invariants import COUNTED, Breach, breaches
from storage.seals import Seals
from storage.store import Database


def audit(database: Database, seals: Seals, now: datetime) -> list[str]:
    """A sentence for each invariant that is broken; none where all is well."""
    return [_sentence(breach) for breach in database.read(breaches, seals, now)]


def _sentence(breach: Breach) -> str:
    count = f"{COUNTED} or more" if breach.count >= COUNTED else str(breach.count)
    more = ", …" if breach.count > len(breach.examples) else ""
    return f"{breach.sentence} ({count}): {', '.join(breach.examples)}{more}"
