"""Take people to where they can pay: a link, or a counter."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.bill import pay_option, tell_bill
from bot.handlers.connection import by, office, owed, phone, which, who
from bot.turn import Turn
from models.bill import IST, Bill
from models.consumer import ConnectionStatus
from models.errors import Temporary
from models.message import Reply
from models.money import Money
from models.payment import Asked
from models.words import Say, Word


async def pay(turn: Turn) -> Reply:
    """Give one link for all that is due or for the part named; where nothing is due, say so."""
    bill, payable = turn.settled.bill, owed(turn)
    if bill is None or not payable:
        return tell_bill(turn)
    if "offline" in turn.facts:
        return _offline(turn, bill, payable)
    named = turn.amount()
    return await pay_sum(turn, bill, payable if named is None else named)


async def pay_sum(turn: Turn, bill: Bill, amount: Money) -> Reply:
    """Give a link for a sum, where it may be paid."""
    payable = bill.payable(turn.now)
    if amount > payable:
        return _refusal(turn, "pay-part-too-much", payable)
    if amount < payable and not turn.services.partial_payments:
        return _refusal(turn, "pay-part-off", payable)
    if amount < payable and amount < turn.services.least_part:
        return _refusal(turn, "pay-part-too-small", payable)
    try:
        asked = await turn.services.payments.ask(
            (turn.settled,),
            amount if amount < payable else None,
            conversation_id=turn.conversation.id,
            tag=turn.tag,
            key=f"{turn.message.id}:{turn.k_number}",  # one message may ask for several bills
            now=turn.now,
        )
    except Temporary:
        return not_now(turn, bill, amount)
    return _link(turn, bill, asked)


def not_now(turn: Turn, bill: Bill, amount: Money) -> Reply:
    """The gateway is silent: say so, and name the counter."""
    facts: Mapping[str, Word] = {"k": turn.k_number, "amount": amount, "due": bill.due_on}
    lines = (Say("pay-not-now"), Say("pay-not-now-counter", facts))
    return Reply(lines, sms=Say("pay-offline", facts))


def _link(turn: Turn, bill: Bill, asked: Asked) -> Reply:
    left = bill.payable(turn.now) - asked.amount
    facts: Mapping[str, Word] = {
        "k": turn.k_number,
        "who": who(turn),
        "amount": asked.amount,
        "left": left,
        "due": bill.due_on,
        "url": asked.url,
        "until": by(asked.until),
    }
    lines = [Say("pay-link", facts)]
    sms = Say("pay-link", {**facts, "until": asked.until.astimezone(IST).date()})
    if left:
        lines.append(Say("pay-part-left", facts))
    elif bill.is_overdue(turn.now):
        lines.append(Say("pay-overdue", facts))
        sms = Say("pay-link-overdue", facts)
    if asked.instead:
        lines.append(Say("pay-instead"))
    if turn.settled.consumer.status is ConnectionStatus.DISCONNECTED:
        lines.append(Say("connection-disconnected-due", {"amount": bill.payable(turn.now)}))
        lines.append(office(turn, "connection-office"))
    return Reply((*lines, *which(turn), Say("pay-until", facts)), sms=sms)


def _refusal(turn: Turn, name: str, payable: Money) -> Reply:
    """Say why this sum cannot be paid, and offer the whole."""
    facts: Mapping[str, Word] = {
        "k": turn.k_number,
        "payable": payable,
        "least": least_payable(turn),
        "phone": phone(turn),
    }
    return Reply(
        (Say(name, facts), *which(turn)), (pay_option(turn),), sms=Say("pay-part-refused", facts)
    )


def least_payable(turn: Turn) -> Money:
    """The least that may be paid at once: a part, or all where parts are not taken."""
    payable = owed(turn)
    return min(turn.services.least_part, payable) if turn.services.partial_payments else payable


def _offline(turn: Turn, bill: Bill, payable: Money) -> Reply:
    name = "pay-offline-now" if bill.is_overdue(turn.now) else "pay-offline"
    facts: Mapping[str, Word] = {"k": turn.k_number, "amount": payable, "due": bill.due_on}
    lines = (Say(name, facts), Say("pay-offline-receipt"), *which(turn))
    return Reply(lines, sms=Say("pay-offline", facts))
