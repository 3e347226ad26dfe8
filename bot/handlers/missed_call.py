"""A missed call costs nothing: it is answered by one SMS, as the number that was called says."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.bill import tell_bill
from bot.handlers.supply import report_outage, report_place
from bot.handlers.talk import greet
from bot.identify import CHOICES, choose
from bot.options import Wish
from bot.turn import Handler, Turn
from models.message import Reply


async def answer_call(turn: Turn) -> Reply:
    """The bill, or a report of no supply, where the caller has one connection; else a question."""
    only = await _only(turn)
    if turn.facts.get("purpose") == "outage":
        return await (report_outage(only) if only else report_place(turn))
    if only is not None:
        return tell_bill(only)
    if not turn.person.own:
        return await greet(turn)
    few = replace(turn.person, saved=turn.person.own[: len(CHOICES)], registered=())
    return await choose(Wish("bill_view"), few, turn.services)


async def _only(turn: Turn) -> Turn | None:
    """The turn with the caller's connection, where they have just one."""
    if len(turn.person.own) != 1:
        return None
    accounts = await turn.services.accounts.masked(turn.person.own)
    return turn.of(accounts[0]) if accounts else None


ANSWER_CALL = Handler("missed_call", answer_call)
