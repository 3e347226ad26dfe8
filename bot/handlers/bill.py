"""Tell people what they owe, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.handlers.connection import office, owed, phone, several, which, who
from bot.options import key
from bot.turn import Turn
from models.bill import Bill, BillState
from models.consumer import ConnectionStatus
from models.message import Option, Reply
from models.money import Money
from models.words import Say, Word

# The line that names the other sum: after the due date, or until it.
_COMPARED = {
    BillState.DUE: "bill-after",
    BillState.PART_PAID: "bill-after",
    BillState.OVERDUE: "bill-before",
}
_CUT_OR_CLOSED = frozenset({ConnectionStatus.DISCONNECTED, ConnectionStatus.CLOSED})


async def show_bill(turn: Turn) -> Reply:
    """Name what is to be paid now and its date, or why there is nothing to pay."""
    return tell_bill(turn)


async def show_due_date(turn: Turn) -> Reply:
    """Name the last date first."""
    bill, told = turn.settled.bill, tell_bill(turn)
    if bill is None or not owed(turn) or turn.settled.consumer.status in _CUT_OR_CLOSED:
        return told
    name = "due-date-overdue" if bill.is_overdue(turn.now) else "due-date"
    return replace(told, lines=(Say(name, _facts(turn, bill)), *told.lines[1:]))


def tell_bill(turn: Turn) -> Reply:
    """What is true of the connection's newest bill at this moment."""
    account = turn.settled
    match account.consumer.status:
        case ConnectionStatus.DISCONNECTED:
            return _disconnected(turn)
        case ConnectionStatus.CLOSED:
            return _closed(turn)
    if account.bill is None:
        facts = {"k": turn.k_number, "who": who(turn)}
        return Reply((Say("bill-none", facts), *which(turn)), sms=Say("bill-none", facts))
    return _by_state(turn, account.bill)


def pay_option(turn: Turn) -> Option:
    """The button that leads to the payment of this connection's bill."""
    wish = key("bill_pay", turn.k_number)
    if several(turn):
        return Option(wish, Say("pay-this", {"k": turn.k_number[-4:]}))
    return Option(wish, Say("intent-bill_pay"))


def _by_state(turn: Turn, bill: Bill) -> Reply:
    facts = _facts(turn, bill)
    state = bill.state(turn.now)
    name = sms = f"bill-{state}"
    dearer = bill.amount_after_due > bill.amount
    if state is BillState.PAID and not (bill.paid_on and bill.receipt):
        name, sms = "bill-paid-plain", "bill-nothing-due"
    lines = [Say(name, facts)]
    if dearer and state in _COMPARED:
        lines.append(Say(_COMPARED[state], facts))
    return Reply((*lines, *which(turn)), _options(turn, state), sms=Say(sms, facts))


def _options(turn: Turn, state: BillState) -> tuple[Option, ...]:
    if several(turn):
        return (pay_option(turn),) if owed(turn) else ()
    breakdown = Option(key("bill_breakdown", turn.k_number), Say("intent-bill_breakdown"))
    if state is BillState.PAID:
        receipt = Option(key("payment_receipt", turn.k_number), Say("intent-payment_receipt"))
        return (receipt, breakdown)
    return (pay_option(turn), breakdown) if owed(turn) else (breakdown,)


def _facts(turn: Turn, bill: Bill) -> Mapping[str, Word]:
    """Everything a sentence about a bill may name."""
    in_favour = bill.state(turn.now) is BillState.CREDIT
    facts: dict[str, Word] = {
        "k": turn.k_number,
        "who": who(turn),
        "month": bill.month,
        "amount": -bill.amount if in_favour else bill.payable(turn.now),
        "due": bill.due_on,
        "before": bill.amount,
        "after": bill.amount_after_due - bill.paid,
        "paid": bill.paid,
        "receipt": bill.receipt,
    }
    if bill.paid_on is not None:
        facts["date"] = bill.paid_on
    return facts


def _disconnected(turn: Turn) -> Reply:
    """Say what brings the supply back, and still how much is due."""
    due = owed(turn)
    name = "connection-disconnected-due" if due else "connection-disconnected-clear"
    facts = _of_connection(turn, due)
    return Reply(
        (
            Say("connection-disconnected"),
            Say(name, facts),
            office(turn, "connection-office"),
            *which(turn),
        ),
        (pay_option(turn),) if due else (),
        sms=Say(name, facts),
    )


def _closed(turn: Turn) -> Reply:
    due = owed(turn)
    name = "connection-closed-due" if due else "connection-closed"
    facts = _of_connection(turn, due)
    return Reply(
        (Say(name, facts), office(turn, "connection-office"), *which(turn)),
        (pay_option(turn),) if due else (),
        sms=Say(name, facts),
    )


def _of_connection(turn: Turn, due: Money) -> Mapping[str, Word]:
    return {"k": turn.k_number, "who": who(turn), "amount": due, "phone": phone(turn)}
