"""A paper: everything that a PDF or a picture of ours shows, before it is drawn.

Two papers of the same values are the same bytes, so a paper is made once and kept under its values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from models.bill import Bill
from models.consumption import Consumption
from models.k_number import KNumber
from models.message import Tag
from models.payment import PaidReceipt
from models.words import Masked, Name

LAYOUT = 1  # goes up when a paper is drawn in another way, so that kept ones are not given again
_DIGEST = 12  # bytes


@dataclass(frozen=True, slots=True)
class BillPaper:
    """The copy of a bill: for the verified only, with full name and address."""

    tag: Tag
    bill: Bill
    name: Name
    address: str
    office: Name | None
    helpline: str
    category: str  # a tariff code, `LT-1`
    load_watts: int
    phase: int
    meter_number: str
    cheque_due_on: date | None

    @property
    def k_number(self) -> KNumber:
        """Whose it is."""
        return self.bill.k_number

    @property
    def about(self) -> str:
        """What it is of, beside the connection."""
        return self.bill.number


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt: anybody may ask for it, so it names nobody in full."""

    tag: Tag
    receipt: PaidReceipt
    name: Masked
    office: Name | None
    helpline: str

    @property
    def k_number(self) -> KNumber:
        """Whose it is."""
        return self.receipt.k_number

    @property
    def about(self) -> str:
        """What it is of, beside the connection."""
        return self.receipt.number


@dataclass(frozen=True, slots=True)
class ConsumptionPaper:
    """The picture of a year's consumption."""

    tag: Tag
    k_number: KNumber
    consumption: Consumption

    @property
    def about(self) -> str:
        """What it is of, beside the connection."""
        newest = self.consumption.newest.month
        return f"{newest.year}-{newest.month:02d}"


Paper = BillPaper | ReceiptPaper | ConsumptionPaper


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as a file."""

    name: str  # as a phone saves it
    mime: str
    body: bytes


def key_of(paper: Paper) -> str:
    """What tells a paper from every other: what it is of, and a digest of all that it shows."""
    shown = blake2b(f"{LAYOUT} {paper!r}".encode(), digest_size=_DIGEST).hexdigest()
    kind = type(paper).__name__.removesuffix("Paper").lower()
    return f"{kind}:{paper.k_number}:{paper.about}:{paper.tag}:{shown}"
