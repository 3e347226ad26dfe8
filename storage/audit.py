"""What staff must be able to read afterwards: who moved what, in a sentence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from storage.sql import stamp
from storage.tables import audit

_WRITE = audit.insert()


def write_audit(db: Connection, subject: str, actor: str, sentence: str, now: datetime) -> None:
    """Add one sentence to the story of a subject, such as `payment:12`."""
    row = {"at": stamp(now), "subject": subject, "actor": actor, "sentence": sentence}
    db.execute(_WRITE, row)
