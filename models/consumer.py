"""A consumer: one metered connection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.bill import STALE_AFTER, Bill
from models.k_number import KNumber
from models.words import Masked, Name


class ConnectionStatus(StrEnum):
    """What the billing record says of the connection."""

    ACTIVE = "active"
    TEMPORARY = "temporary"
    DISCONNECTED = "disconnected"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Consumer:
    """One connection, as anybody may see it: the name is only ever said masked."""

    k_number: KNumber
    name: Masked
    category: str  # a tariff code, `LT-1`
    load_watts: int
    office_code: str
    feeder_code: str
    status: ConnectionStatus
    connected_on: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """A consumer with the newest bill: what one look at a K-number shows."""

    consumer: Consumer
    bill: Bill | None
    moved_from: KNumber | None  # the old number that was asked for
    bills_as_of: datetime | None  # when bills were last imported
    office: Name | None = None
    helpline: str = ""

    def is_stale(self, now: datetime) -> bool:
        """Whether the reply must say "as on": the newest import is older than 24 hours."""
        return self.bills_as_of is not None and now - self.bills_as_of > STALE_AFTER


@dataclass(frozen=True, slots=True)
class LookUp:
    """One look at a K-number on somebody's behalf."""

    account: Account | None  # None: no connection has this number
    allowed: bool  # False: this person has seen 25 different K-numbers of others today
    counts: bool  # the turn's commit must count it
    left: int  # how many that count this person has left today, this one included
