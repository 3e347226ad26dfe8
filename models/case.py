"""A case: something a person brought up and staff finish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.k_number import KNumber


class CaseKind(StrEnum):
    """What a case is about."""

    NO_SUPPLY = "no_supply"
    COMPLAINT = "complaint"
    BILL_NOT_RECEIVED = "bill_not_received"
    REFUND = "refund"
    CONTACT = "contact"
    WRONG_NUMBER = "wrong_number"
    READING = "reading"
    QUALITY = "quality"  # of the supply: voltage, a phase, tripping
    TRANSFORMER = "transformer"
    METER = "meter"
    THEFT = "theft"
    BILLING = "billing"


class CaseState(StrEnum):
    """How far a case is (the names of the staff API)."""

    OPEN = "open"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


UNFINISHED = frozenset({CaseState.OPEN, CaseState.ASSIGNED, CaseState.REOPENED})


@dataclass(frozen=True, slots=True)
class Case:
    """One case, as the person who brought it up may see it."""

    ref: str  # CMP-…
    kind: CaseKind
    state: CaseState
    k_number: KNumber | None
    created_at: datetime
    mine: bool  # whether the asking person brought it up; others see kind and state alone
