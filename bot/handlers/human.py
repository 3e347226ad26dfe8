"""Whom to call, and where to go."""

from __future__ import annotations

from bot.handlers.connection import office
from bot.options import key
from bot.turn import Handler, Turn
from models.message import Option, Reply
from models.words import Say


async def name_people(turn: Turn) -> Reply:
    """The helpline and the office; nobody is promised to call back."""
    here = await at_home(turn)
    phone = here.account.helpline if here.account else ""
    return Reply(
        (Say("human-call"), office_line(here), Say("human-hours"), Say("human-write")),
        (Option(key("complaint_new"), Say("intent-complaint_new")),),
        sms=Say("human", {"phone": phone or turn.services.helpline}),
    )


async def at_home(turn: Turn) -> Turn:
    """The turn with the connection that is surely the person's: spoken of just now, or the only."""
    own, focus = turn.person.own, turn.conversation.talk.focus
    k = focus if focus in own else own[0] if len(own) == 1 else None
    accounts = await turn.services.accounts.masked((k,)) if k else ()
    return turn.of(accounts[0]) if accounts else turn


def office_line(turn: Turn) -> Say:
    """The office of the turn's connection, or the helpline alone."""
    if turn.account is None:
        return Say("connection-office-unnamed", {"phone": turn.services.helpline})
    return office(turn, "connection-office")


NAME_PEOPLE = Handler("talk_to_human", name_people)
