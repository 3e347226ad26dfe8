"""Let people pay a part now, and say who grants instalments over months."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.bill import pay_option, tell_bill
from bot.handlers.connection import office, owed, phone, which
from bot.handlers.payment import least_payable, pay_sum
from bot.options import key
from bot.turn import Handler, Need, Turn
from models.message import Option, Reply
from models.money import PAISE_PER_RUPEE, Money
from models.words import Say, Word


async def pay_a_part(turn: Turn) -> Reply:
    """Ask for the sum, or give its link when it was named."""
    bill, payable = turn.settled.bill, owed(turn)
    if bill is None or not payable:
        return tell_bill(turn)
    named = turn.amount()
    if named is not None:
        return await pay_sum(turn, bill, named)
    facts: Mapping[str, Word] = {
        "k": turn.k_number,
        "payable": payable,
        "least": least_payable(turn),
        "phone": phone(turn),
    }
    if not turn.services.partial_payments:
        lines = (Say("pay-part-off", facts), office(turn, "instalment-office"), *which(turn))
        return Reply(lines, (pay_option(turn),), sms=Say("pay-part-refused", facts))
    return Reply(
        (Say("instalment-ask", facts), office(turn, "instalment-office"), *which(turn)),
        tuple(_option(turn, amount) for amount in _sums(payable, turn.services.least_part)),
        sms=Say("instalment-ask", facts),
        then="bill_instalment",
        slot="paise",
    )


def _sums(payable: Money, least: Money) -> tuple[Money, ...]:
    """Half, in whole rupees, and all of it."""
    half = Money(-(-payable.paise // (2 * PAISE_PER_RUPEE)) * PAISE_PER_RUPEE)
    return (half, payable) if least <= half < payable else (payable,)


def _option(turn: Turn, amount: Money) -> Option:
    wish = key("bill_pay", turn.k_number, paise=str(amount.paise))
    return Option(wish, Say("pay-sum", {"amount": amount}))


PAY_A_PART = Handler("bill_instalment", pay_a_part, needs=Need.K_NUMBER)
