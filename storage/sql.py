"""Small things every query module needs: moments, and inserts that step back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert


def stamp(moment: datetime) -> int:
    """A moment as it is stored: epoch milliseconds."""
    return round(moment.timestamp() * 1000)


def moment(stamped: int) -> datetime:
    """A stored moment, in UTC."""
    return datetime.fromtimestamp(stamped / 1000, UTC)


def insert(db: Connection, table: Table) -> Insert:
    """An INSERT that may say ON CONFLICT, in the database's own dialect."""
    if db.dialect.name == "sqlite":
        # Both dialects' inserts have the same methods for what we say with them.
        return sqlite.insert(table)  # type: ignore[return-value]  # see above
    return postgresql.insert(table)
