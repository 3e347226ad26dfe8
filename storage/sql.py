"""How moments are stored."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(moment: datetime) -> int:
    """A moment as it is stored: epoch milliseconds."""
    return round(moment.timestamp() * 1000)


def moment(stamped: int) -> datetime:
    """A stored moment, in UTC."""
    return datetime.fromtimestamp(stamped / 1000, UTC)
