"""One-time codes: where one would go, and one that waits to be entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.k_number import KNumber

DIGITS = 6
LIFE = timedelta(minutes=10)
TRIES = 5
AN_HOUR = 3  # codes to one mobile, and codes one person asks for


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a code would go now, and whether it may."""

    ends_in: str  # the last two digits of the registered mobile; empty where there is none
    free_at: datetime | None = None  # too many were sent: when the next may be


@dataclass(frozen=True, slots=True)
class PendingCode:
    """A code that was sent and not entered; it may have expired."""

    id: int
    purpose: str
    k_number: KNumber | None
    hash: str  # as `InboundMessage.code` has it
    tries_left: int
    expires_at: datetime
    registered: bool  # it went to the registered mobile, and so shows whose the connection is
