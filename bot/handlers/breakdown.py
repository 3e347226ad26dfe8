"""Say what a bill is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from bot.handlers.bill import pay_option, tell_bill
from bot.handlers.connection import owed, which
from bot.turn import Handler, Need, Turn
from models.bill import Bill, Charges
from models.message import Reply
from models.money import Money
from models.words import Say, Word

_TAKEN_OFF = frozenset({"subsidy", "rebate"})
_LARGEST = 2  # parts named in an SMS


async def show_breakdown(turn: Turn) -> Reply:
    """Every charge that is not nothing, and the total; readings and units to the verified only."""
    bill = turn.settled.bill
    if bill is None:
        return tell_bill(turn)
    parts = [part for part in _all(bill.charges) if part[1]]
    return Reply(
        (
            Say("breakdown-title", {"month": bill.month}),
            *(_reading(bill) if turn.verified else ()),
            *(_said(name, amount) for name, amount in parts),
            Say("breakdown-total", {"amount": bill.amount}),
            *which(turn),
        ),
        (pay_option(turn),) if owed(turn) else (),
        sms=_sms(bill),
    )


def _reading(bill: Bill) -> tuple[Say, ...]:
    facts: Mapping[str, Word] = {
        "previous": bill.previous_reading,
        "current": bill.current_reading,
        "units": bill.units,
    }
    return (Say("breakdown-reading", facts),)


def _all(charges: Charges) -> list[tuple[str, Money]]:
    """Every charge, in the order of the bill; what is taken off is negative."""
    parts: list[tuple[str, Money]] = []
    for charge in fields(charges):
        amount: Money = getattr(charges, charge.name)
        parts.append((charge.name, -amount if charge.name in _TAKEN_OFF else amount))
    return parts


def _said(name: str, amount: Money) -> Say:
    credit = name == "arrears" and amount.paise < 0
    return Say("charge-credit" if credit else f"charge-{name}", {"amount": amount})


def _sms(bill: Bill) -> Say:
    """The two largest parts, and the rest as one."""
    largest = sorted(_all(bill.charges), key=lambda part: -abs(part[1].paise))[:_LARGEST]
    first, second = (_said(*part) for part in largest)
    facts: Mapping[str, Word] = {
        "k": bill.k_number,
        "amount": bill.amount,
        "first": first,
        "second": second,
        "rest": bill.amount - largest[0][1] - largest[1][1],
    }
    return Say("breakdown", facts)


SHOW_BREAKDOWN = Handler("bill_breakdown", show_breakdown, needs=Need.K_NUMBER)
