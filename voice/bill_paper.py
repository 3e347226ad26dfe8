"""The copy of a bill, as an A4 sheet."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from models.bill import Bill
from models.message import HINDI
from models.money import Money
from models.paper import BillPaper
from models.words import Name
from voice.sheet import Sheet
from voice.voice import Voice

_TAKEN_OFF = frozenset({"subsidy", "rebate"})
_WATTS = 1000


def draw_bill(paper: BillPaper, voice: Voice) -> bytes:
    """The bill with everything that the company's own names; one page."""
    bill = paper.bill
    sheet = Sheet(voice, paper.tag, made_on=bill.billed_on)
    sheet.head("paper-bill")
    sheet.boxes(_most_wanted(sheet, bill))
    sheet.columns(_whose(sheet, paper), _which(sheet, paper))
    charges, received = _charges(sheet, bill), _received(sheet, bill)
    sheet.make_room(len(charges) + len(received) + 1)
    sheet.table("paper-charges", charges, ("paper-total", sheet.value(bill.amount)))
    sheet.rows(received)
    sheet.foot(paper.helpline)
    return sheet.finish("paper-bill")


def _most_wanted(sheet: Sheet, bill: Bill) -> list[tuple[str, str]]:
    if bill.amount.paise < 0:
        return [("paper-credit", sheet.value(-bill.amount))]
    shown = [("paper-amount", sheet.value(bill.amount))]
    if bill.amount:
        shown.append(("paper-due", sheet.value(bill.due_on)))
        shown.append(("paper-after", sheet.value(bill.amount_after_due)))
    return shown


def _whose(sheet: Sheet, paper: BillPaper) -> list[tuple[str, str]]:
    both = (paper.name.hi, paper.name.en)  # a bank may read only one of them
    written = " / ".join(it for it in (both if paper.tag == HINDI else both[::-1]) if it)
    return [
        ("paper-k-number", paper.k_number),
        ("paper-name", written),
        ("paper-address", paper.address),
        ("paper-office", _named(sheet, paper.office)),
        ("paper-category", paper.category),
        ("paper-load", sheet.said("paper-kw", kw=_kilowatts(paper.load_watts))),
        ("paper-phase", str(paper.phase)),
        ("paper-meter", paper.meter_number),
    ]


def _which(sheet: Sheet, paper: BillPaper) -> list[tuple[str, str]]:
    bill = paper.bill
    covers = (
        sheet.said("paper-span", **{"from": bill.covers_from, "to": bill.covers_to})
        if bill.covers_from and bill.covers_to
        else ""
    )
    return [
        ("paper-bill-number", bill.number),
        ("paper-month", sheet.value(bill.month)),
        ("paper-billed", sheet.value(bill.billed_on)),
        ("paper-period", covers),
        ("paper-cheque", sheet.value(paper.cheque_due_on) if paper.cheque_due_on else ""),
        ("paper-previous", str(bill.previous_reading)),
        ("paper-current", str(bill.current_reading)),
        ("paper-units", str(bill.units)),
        ("paper-meter-status", bill.meter_status),
    ]


def _charges(sheet: Sheet, bill: Bill) -> list[tuple[str, str]]:
    """The charges that are not nothing; what is taken off stands below nothing."""
    rows: list[tuple[str, str]] = []
    for charge in fields(bill.charges):
        amount: Money = getattr(bill.charges, charge.name)
        if amount:
            credit = charge.name == "arrears" and amount.paise < 0
            name = "credit" if credit else charge.name
            shown = -amount if charge.name in _TAKEN_OFF else amount
            rows.append((f"paper-charge-{name}", sheet.value(shown)))
    return rows


def _received(sheet: Sheet, bill: Bill) -> list[tuple[str, str]]:
    if not bill.paid:
        return []
    rows = [("paper-paid", sheet.value(bill.paid))]
    if bill.paid_on is not None:
        rows.append(("paper-paid-on", sheet.value(bill.paid_on)))
    if bill.receipt:
        rows.append(("paper-receipt-number", bill.receipt))
    return rows


def _named(sheet: Sheet, office: Name | None) -> str:
    return sheet.value(office) if office else ""


def _kilowatts(watts: int) -> str:
    return f"{(Decimal(watts) / _WATTS).normalize():f}"
