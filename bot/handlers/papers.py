"""Give papers: the copy of a bill, and what becomes of any paper that cannot be made."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Mapping
from dataclasses import replace

from bot.handlers.bill import pay_option, tell_bill
from bot.handlers.connection import owed, which
from bot.turn import Handler, Need, Turn
from models.errors import Temporary
from models.message import Attachment, Reply
from models.money import Money
from models.words import Code, Month, Say, Word

TROUBLE = Say("paper-trouble")
_MONTH = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])")
_LOOK_BACK = 24  # months
_MEDIA = "/media/"


async def give_bill(turn: Turn) -> Reply:
    """The newest bill as a PDF, or the one of the month that was named."""
    newest = turn.settled.bill
    if newest is None:
        return tell_bill(turn)
    bill, wanted = newest, _month(turn)
    if wanted is not None and wanted != newest.month:
        kept = await turn.services.accounts.history(turn.k_number, _LOOK_BACK)
        bill = next((it for it in kept if it.month == wanted), newest)
    account = replace(turn.settled, bill=bill)
    paper = await attached(turn.services.papers.bill(account, turn.tag, turn.now))
    if paper is None:
        return Reply((TROUBLE, *which(turn)), sms=TROUBLE)
    lines = [Say("paper-bill-here", {"month": bill.month, "amount": bill.amount})]
    if wanted not in {None, bill.month}:
        lines.insert(0, Say("paper-no-month", {"month": wanted}))
    what = Say("paper-of-bill", {"month": bill.month})
    return Reply(
        (*lines, *which(turn)),
        (pay_option(turn),) if owed(turn) else (),
        sms=link(turn, what, bill.amount, paper),
        attached=(paper,),
    )


async def attached(asked: Awaitable[Attachment | None]) -> Attachment | None:
    """The paper, or None where it cannot be made now: the reply then says `TROUBLE`."""
    try:
        return await asked
    except Temporary:
        return None


def link(turn: Turn, what: Say, amount: Money, paper: Attachment) -> Say:
    """What an SMS says in place of a file: what it is, and where it can be seen."""
    site, _, token = paper.url.rpartition(_MEDIA)
    facts: Mapping[str, Word] = {
        "k": turn.k_number,
        "what": what,
        "amount": amount,
        "site": Code(site),
        "token": Code(token),
    }
    return Say("paper-link", facts)


def _month(turn: Turn) -> Month | None:
    """The month that the message names, or named before it was shown whose connection it is."""
    named = [turn.facts.get("month", "")]
    named += [str(it.value) for it in turn.meaning.entities if it.entity == "month"]
    found = next((it for it in map(_MONTH.fullmatch, named) if it), None)
    return Month(int(found[1]), int(found[2])) if found else None


GIVE_BILL = Handler("bill_copy", give_bill, needs=Need.VERIFIED)
