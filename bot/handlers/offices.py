"""Which office is theirs, and how it is reached."""

from __future__ import annotations

from bot.handlers.case import in_their_words
from bot.handlers.connection import in_short, phone, which
from bot.turn import Handler, Need, Turn
from models.message import Reply
from models.office import Office
from models.words import Code, Say


async def name_office(turn: Turn) -> Reply:
    """The office that the message names, else that of the connection."""
    named = await turn.services.offices.near(in_their_words(turn))
    if named:
        return _told(turn, named)
    own = await turn.services.offices.of(turn.settled.consumer.office_code)
    if own is None:
        lines = (Say("office-none"), Say("human-call"), *which(turn))
        return Reply(lines, sms=Say("human", {"phone": phone(turn)}))
    told = _told(turn, (own,))
    return Reply((*told.lines, *which(turn)), sms=told.sms)


async def find_office(turn: Turn) -> Reply:
    """The office of a place; ask for the place or the K-number where none is named."""
    place = turn.facts.get("place", "")
    found = await turn.services.offices.near(place or in_their_words(turn))
    if found:
        return _told(turn, found)
    unknown = () if not place else (Say("office-unknown"),)
    return Reply(
        (*unknown, Say("office-ask"), Say("human-call")),
        sms=Say("ask-k-number"),
        then="office_info",
        slot="place",
    )


def _told(turn: Turn, found: tuple[Office, ...]) -> Reply:
    """Every office with what is known of it."""
    lines = [line for it in found for line in _one(turn, it)]
    if not any(it.hours for it in found):
        lines.append(Say("human-hours"))
    number = found[0].phone or found[0].helpline or turn.services.helpline
    short = in_short(turn, Say("intent-office_info"), Say("short-working-days"), Say("short-call"))
    facts = {**short.facts, "office": found[0].name, "phone": number}
    return Reply(tuple(lines), sms=Say("service", facts))


def _one(turn: Turn, office: Office) -> list[Say]:
    helpline = office.helpline or turn.services.helpline
    lines = [Say("office-name", {"office": office.name, "phone": office.phone or helpline})]
    if office.officer:
        lines.append(Say("office-officer", {"officer": Code(office.officer)}))
    if office.hours:
        lines.append(Say("office-hours", {"hours": Code(office.hours)}))
    if office.map_url:
        lines.append(Say("office-map", {"url": Code(office.map_url)}))
    return lines


NAME_OFFICE = Handler("office_info", name_office, needs=Need.K_NUMBER, without=find_office)
