"""No supply: note it for a connection or a place, and ask for neither twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.handlers.case import bring_up, kind_word
from bot.handlers.place import Fault, ask_where, at_connection, at_place
from bot.turn import Handler, Need, Turn
from models.case import UNFINISHED, CaseKind
from models.message import Reply
from models.words import Code, Say, Word

LATELY = timedelta(days=7)  # so long after it was brought up, "still off" goes on with a case
_OFF = Fault("outage_report", CaseKind.NO_SUPPLY)


async def report_outage(turn: Turn) -> Reply:
    """Note at once that a connection has no supply."""
    return await (_still_off(turn) if "still" in turn.facts else at_connection(_OFF, turn))


async def report_place(turn: Turn) -> Reply:
    """Note that a place has no supply; ask for the place where it is not named."""
    return await (_still_off(turn) if "still" in turn.facts else at_place(_OFF, turn))


async def _still_off(turn: Turn) -> Reply:
    """Go on with the case the person brought up lately; without one ask where it is."""
    last = await turn.services.cases.newest(turn.person.id)
    lately = last is not None and turn.now - last.created_at < LATELY
    if last is None or not lately or last.kind is not CaseKind.NO_SUPPLY:
        return await ask_where(_OFF, turn)
    if last.state in UNFINISHED:
        status: Mapping[str, Word] = {
            "ref": Code(last.ref),
            "what": kind_word(last.kind),
            "state": Say("case-state-still"),
        }
        lines = (Say("case-still", status), Say("case-wire"))
        return Reply(lines, sms=Say("case-status", status))
    k = last.k_number
    accounts = () if k is None else await turn.services.accounts.masked((k,))
    about = turn.of(accounts[0]) if accounts else replace(turn, account=None)
    again = Say("case-again", {"ref": Code(last.ref)})
    return await bring_up(about, CaseKind.NO_SUPPLY, facts={"again": last.ref}, lines=(again,))


REPORT_OUTAGE = Handler("outage_report", report_outage, needs=Need.K_NUMBER, without=report_place)
