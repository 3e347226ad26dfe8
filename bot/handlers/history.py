"""Tell what a connection was billed, what it paid and what it used, month after month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.handlers.bill import pay_option, tell_bill
from bot.handlers.connection import owed, which
from bot.handlers.paid import no_receipt, received
from bot.handlers.papers import TROUBLE, attached
from bot.options import key
from bot.turn import Handler, Need, Turn
from models.bill import Bill, BillState
from models.consumption import YEAR, Consumption, consumption
from models.message import Option, Reply
from models.payment import PaidReceipt, mode_word
from models.words import Code, Say, Word

_SHOWN, _ON_SMS = 6, 3
_LOOK_BACK = YEAR + 2  # months: the year before's, and a bill for two months that ends in it
_STATES = {
    BillState.DUE: "open",
    BillState.OVERDUE: "open",
    BillState.PART_PAID: "part",
    BillState.PART_PAID_OVERDUE: "part",
    BillState.PAID: "paid",
    BillState.ZERO: "zero",
    BillState.NOTHING_DUE: "zero",
    BillState.CREDIT: "credit",
}


async def show_bills(turn: Turn) -> Reply:
    """The last bills: month, units, amount, and what came of each."""
    bills = (await turn.services.accounts.history(turn.k_number, _LOOK_BACK))[:_SHOWN]
    if not bills:
        return tell_bill(turn)
    lines = [Say("history-title"), *(_billed(turn, bills, place) for place in range(len(bills)))]
    copy = Option(key("bill_copy", turn.k_number), Say("intent-bill_copy"))
    options = (pay_option(turn), copy) if owed(turn) else (copy,)
    if len(bills) < _ON_SMS:
        return Reply((*lines, *which(turn)), options, sms=tell_bill(turn).sms)
    short = [_short(turn, bills, place) for place in range(_ON_SMS)]
    return Reply((*lines, *which(turn)), options, sms=_three("history-bills", turn, short))


async def show_payments(turn: Turn) -> Reply:
    """The last money that arrived, with its receipts."""
    paid = await turn.services.payments.history(turn.k_number, _SHOWN)
    if not paid:
        return no_receipt(turn)
    lines = (Say("payments-title"), *(_paid(it) for it in paid), *which(turn))
    receipt = Option(key("payment_receipt", turn.k_number), Say("intent-payment_receipt"))
    if len(paid) < _ON_SMS:
        return Reply(lines, (receipt,), sms=received(turn, paid[0]))
    short = [Say("payments-short", _short_sum(it)) for it in paid[:_ON_SMS]]
    return Reply(lines, (receipt,), sms=_three("history-payments", turn, short))


async def show_consumption(turn: Turn) -> Reply:
    """How many units a month, in words and as a picture."""
    year = consumption(await turn.services.accounts.history(turn.k_number, _LOOK_BACK))
    if year is None:
        return tell_bill(turn)
    picture = await attached(turn.services.papers.consumption(turn.k_number, turn.tag, turn.now))
    facts = _used(turn, year)
    lines = [Say("consumption-average", facts), Say("consumption-highest", facts)]
    lines.append(Say("consumption-before" if year.year_ago else "consumption-newest", facts))
    if any(it.shared for it in year.months):
        lines.append(Say("consumption-shared"))
    if picture is None:
        lines.append(TROUBLE)
    return Reply(
        (*lines, *which(turn)),
        (Option(key("bill_history", turn.k_number), Say("intent-bill_history")),),
        sms=Say("consumption", facts),
        attached=(picture,) if picture else (),
    )


def _used(turn: Turn, year: Consumption) -> Mapping[str, Word]:
    facts: dict[str, Word] = {
        "k": turn.k_number,
        "average": year.average,
        "most": year.highest.units or 0,
        "highest": year.highest.month,
        "units": year.newest.units or 0,
        "month": year.newest.month,
    }
    if year.year_ago is not None:
        facts |= {"before": year.year_ago.units or 0, "ago": year.year_ago.month}
    return facts


def _billed(turn: Turn, bills: Sequence[Bill], place: int) -> Say:
    bill = bills[place]
    facts: dict[str, Word] = {
        "month": bill.month,
        "units": bill.units,
        "amount": -bill.amount if bill.amount.paise < 0 else bill.amount,
        "due": bill.due_on,
        "paid": bill.paid,
    }
    if bill.paid_on is not None:
        facts["date"] = bill.paid_on
    return Say(f"history-{_state(turn, bill, newest=not place)}", facts)


def _short(turn: Turn, bills: Sequence[Bill], place: int) -> Say:
    bill = bills[place]
    month = Code(f"{bill.month.month:02d}/{bill.month.year % 100:02d}")
    state = Say(f"history-short-{_state(turn, bill, newest=not place)}")
    amount = -bill.amount if bill.amount.paise < 0 else bill.amount
    return Say("history-short", {"month": month, "amount": amount, "state": state})


def _state(turn: Turn, bill: Bill, *, newest: bool) -> str:
    """What came of a bill; what an older one left unpaid stands in the next."""
    if newest:
        return _STATES[bill.state(turn.now)]
    if bill.amount.paise <= 0:
        return "credit" if bill.amount.paise < 0 else "zero"
    if bill.paid >= bill.amount and bill.paid_on is not None:
        return "paid"
    return "carried"


def _paid(it: PaidReceipt) -> Say:
    facts: Mapping[str, Word] = {
        "date": it.paid_on,
        "amount": it.amount,
        "mode": mode_word(it.mode),
        "receipt": it.number,
    }
    return Say("payments-one", facts)


def _short_sum(it: PaidReceipt) -> Mapping[str, Word]:
    return {"date": Code(f"{it.paid_on:%d/%m/%y}"), "amount": it.amount}


def _three(name: str, turn: Turn, said: Sequence[Say]) -> Say:
    first, second, third = said
    return Say(name, {"k": turn.k_number, "first": first, "second": second, "third": third})


SHOW_BILLS = Handler("bill_history", show_bills, needs=Need.VERIFIED)
SHOW_PAYMENTS = Handler("payment_history", show_payments, needs=Need.VERIFIED)
SHOW_CONSUMPTION = Handler("consumption", show_consumption, needs=Need.VERIFIED)
