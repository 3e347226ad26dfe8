"""What is known of an outage, now or planned; no time is told that nobody has given us."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.bill import tell_bill
from bot.handlers.case import stands
from bot.handlers.connection import which
from bot.handlers.human import at_home, office_line
from bot.options import key
from bot.turn import Handler, Need, Turn
from models.case import UNFINISHED, Case, CaseKind
from models.consumer import ConnectionStatus
from models.k_number import KNumber
from models.message import Option, Reply
from models.words import Say

_CUT_OR_CLOSED = frozenset({ConnectionStatus.DISCONNECTED, ConnectionStatus.CLOSED})


async def tell_outage(turn: Turn) -> Reply:
    """How far the reported outage is; where none is reported, how it is."""
    noted = await _noted(turn)
    if noted is not None:
        told = stands(noted)
        lines = (*told.lines, Say("outage-no-time"), Say("case-call"), *_about(turn))
        return replace(told, lines=lines)
    return _offered(turn, Say("outage-not-noted"), Say("outage-report"), *_about(turn))


async def tell_planned(turn: Turn) -> Reply:
    """Who knows of planned shutdowns, and how notices are turned on."""
    noted = await _noted(turn)
    here = turn if turn.account is not None else await at_home(turn)
    planned = (Say("planned-unknown"), office_line(here), Say("planned-notices"))
    if noted is not None:
        told = stands(noted)
        return replace(told, lines=(*told.lines, *planned))
    return _offered(turn, *planned)


async def reconnect(turn: Turn) -> Reply:
    """What brings back a supply that was cut; where none was cut, it may be an outage."""
    if turn.settled.consumer.status in _CUT_OR_CLOSED:
        return tell_bill(turn)
    return _offered(turn, Say("reconnection-active"), Say("outage-report"), *which(turn))


async def _noted(turn: Turn) -> Case | None:
    """The unfinished outage of the connection; without one, what the person reported last."""
    cases, whose = turn.services.cases, turn.person.id
    if turn.account is not None:
        return await cases.unfinished(turn.k_number, CaseKind.NO_SUPPLY, whose)
    last = await cases.newest(whose)
    if last is None or last.kind is not CaseKind.NO_SUPPLY or last.state not in UNFINISHED:
        return None
    return last


def _about(turn: Turn) -> tuple[Say, ...]:
    return which(turn) if turn.account is not None else ()


def _offered(turn: Turn, *lines: Say) -> Reply:
    """These lines, and what can be done here: report, have notices, talk to someone."""
    k: KNumber | None = turn.k_number if turn.account is not None else None
    options = (
        Option(key("outage_report", k), Say("intent-outage_report")),
        Option(key("subscribe", k), Say("intent-subscribe")),
        Option(key("talk_to_human"), Say("intent-talk_to_human")),
    )
    return Reply(lines, options, sms=Say("did-you-mean"), asks=True)


TELL_OUTAGE = Handler("outage_status", tell_outage, needs=Need.K_NUMBER, without=tell_outage)
TELL_PLANNED = Handler("planned_outage", tell_planned, needs=Need.K_NUMBER, without=tell_planned)
RECONNECT = Handler("reconnection", reconnect, needs=Need.K_NUMBER)
