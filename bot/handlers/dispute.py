"""A bill that seems wrong: compare it with the one before, and note a complaint on a yes."""

from __future__ import annotations

from bot.handlers.bill import tell_bill
from bot.handlers.case import bring_up, in_their_words
from bot.handlers.connection import which
from bot.options import key
from bot.slots import NO, YES
from bot.turn import Handler, Need, Turn
from models.bill import Bill
from models.case import CaseKind
from models.message import Option, Reply
from models.money import NOTHING
from models.words import Say, Word

_COMPARED = 2  # bills


async def look_into(turn: Turn) -> Reply:
    """This bill beside the last one, to the verified; to others the bill as it stands."""
    bill = turn.settled.bill
    if bill is None:
        return tell_bill(turn)
    sure = turn.facts.get("sure")
    if sure == YES:
        facts, words = {"bill": bill.number}, turn.facts.get("words", "")
        return await bring_up(turn, CaseKind.BILLING, text=words, facts=facts)
    if sure == NO:
        return Reply((Say("cancelled"),))
    shown = await _compared(turn) if turn.verified else tell_bill(turn).lines
    return Reply(
        (*shown, Say("dispute-ask")),
        (
            Option(key("bill_dispute", turn.k_number, sure=YES), Say("dispute-note-button")),
            Option(key("bill_breakdown", turn.k_number), Say("intent-bill_breakdown")),
            Option(key("bill_history", turn.k_number), Say("intent-bill_history")),
        ),
        sms=Say("did-you-mean"),
        asks=True,
        then="bill_dispute",
        slot="sure",
        kept={"words": in_their_words(turn)},
    )


async def _compared(turn: Turn) -> tuple[Say, ...]:
    bills = await turn.services.accounts.history(turn.k_number, _COMPARED)
    lines = [_one(it) for it in bills]
    arrears = bills[0].charges.arrears
    if len(bills) < _COMPARED:
        lines.append(Say("dispute-first"))
    if arrears > NOTHING:
        lines.append(Say("dispute-arrears", {"amount": arrears}))
    return (*lines, *which(turn))


def _one(bill: Bill) -> Say:
    facts: dict[str, Word] = {"month": bill.month, "units": bill.units, "amount": bill.amount}
    if bill.amount < NOTHING:
        return Say("dispute-credit", facts | {"amount": -bill.amount})
    if bill.covers_from is None or bill.covers_to is None:
        return Say("dispute-bill", facts)
    days = (bill.covers_to - bill.covers_from).days + 1
    return Say("dispute-bill-days", facts | {"days": days})


LOOK_INTO = Handler("bill_dispute", look_into, needs=Need.K_NUMBER)
