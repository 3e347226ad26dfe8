"""Single facts about this database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from storage.sql import moment
from storage.tables import fact


def made_at(db: Connection) -> datetime:
    """When this database was made."""
    value = db.execute(select(fact.c.value).where(fact.c.name == "made_at")).scalar_one()
    return moment(int(value))
