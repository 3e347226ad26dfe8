"""How far an application is; and what was closed without being solved."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.case import bring_up, how_far, not_found, reference_in, state_of, tell_status
from bot.handlers.connection import in_short
from bot.handlers.human import at_home, office_line
from bot.options import key
from bot.turn import Handler, Turn
from models.case import UNFINISHED, Case, CaseKind
from models.message import Option, Reply
from models.reference import is_reference
from models.words import Code, Say


async def tell_application(turn: Turn) -> Reply:
    """By a reference its case; applications themselves are known at the office alone."""
    if reference_in(turn):
        return await tell_status(turn)
    here = await at_home(turn)
    lines = [Say("application-where"), Say("application-number"), office_line(here)]
    options: tuple[Option, ...] = ()
    last = await turn.services.cases.newest(turn.person.id)
    if last is not None:
        lines += [Say("application-noted"), how_far(last)]
        asks = key("complaint_status", ref=last.ref)
        options = (Option(asks, Say("intent-complaint_status")),)
    what = Say("intent-connection_status")
    short = in_short(here, what, Say("short-at-office"), Say("short-number"))
    return Reply(tuple(lines), options, sms=short)


async def reopen(turn: Turn) -> Reply:
    """Note anew what the person brought up and what is finished, under a reference of its own."""
    ref = reference_in(turn)
    case = await _meant(turn, ref)
    if case is None:
        if not ref:
            return not_found("reopen-none", Say("case-from-here"))
        name = "case-unknown" if is_reference(ref) else "case-check"
        return not_found(name, Say("case-under", {"ref": ref}), ref)
    if case.state in UNFINISHED:
        told = state_of(case)
        return replace(told, lines=(Say("reopen-open"), *told.lines))
    if not case.mine:
        told = state_of(case)
        write = Option(key("complaint_new"), Say("intent-complaint_new"))
        return replace(told, lines=(*told.lines, Say("reopen-others")), options=(write,))
    k = case.k_number
    accounts = () if k is None else await turn.services.accounts.masked((k,))
    about = turn.of(accounts[0]) if accounts else replace(turn, account=None)
    name = "case-again" if case.kind is CaseKind.NO_SUPPLY else "reopen-again"
    line = Say(name, {"ref": Code(case.ref)})
    return await bring_up(about, case.kind, facts={"again": case.ref}, lines=(line,))


async def _meant(turn: Turn, ref: str) -> Case | None:
    """The case of the reference, else what the person saw finished last, else what is open."""
    cases, whose = turn.services.cases, turn.person.id
    if ref:
        return await cases.by_reference(ref, whose)
    return await cases.last_finished(whose) or await cases.newest(whose)


TELL_APPLICATION = Handler("connection_status", tell_application)
REOPEN = Handler("complaint_reopen", reopen)
