"""A fault at a connection or a place: noted at once, and nothing is asked twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.handlers.case import bring_up, in_their_words
from bot.identify import own_options
from bot.options import Wish
from bot.turn import Turn
from models.case import CaseKind
from models.message import Reply
from models.words import Code, Say

_PINCODE = re.compile(r"\d{6}")
_GEO = re.compile(r"geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the supply, and the wish by which it is told."""

    intent: str
    kind: CaseKind


@dataclass(frozen=True, slots=True)
class Place:
    """A place as somebody told it: its facts, how it is repeated, and the words that are kept."""

    facts: dict[str, str]
    line: Say
    text: str


async def at_connection(fault: Fault, turn: Turn) -> Reply:
    """Note the fault for the settled connection."""
    return await bring_up(turn, fault.kind, text=in_their_words(turn))


async def at_place(fault: Fault, turn: Turn) -> Reply:
    """Note the fault for a place; ask for the place where it is not named."""
    place = told_place(turn)
    if place is None:
        return await ask_where(fault, turn)
    return await bring_up(turn, fault.kind, text=place.text, facts=place.facts, lines=(place.line,))


async def ask_where(fault: Fault, turn: Turn) -> Reply:
    """Ask for the K-number or the place, and offer the person's own connections."""
    asked = Say("case-place-ask", {"where": Say(f"case-where-{fault.kind}")})
    return Reply(
        (asked, Say("case-wire")),
        await own_options(Wish(fault.intent), turn.person, turn.services),
        sms=asked,
        then=fault.intent,
        slot="place",
        kept={"words": in_their_words(turn)} if "still" not in turn.facts else {},
    )


def told_place(turn: Turn) -> Place | None:
    """The place that was answered; None where none was, or it can be none.

    Lone digits are no place, unless they are a pincode.
    """
    place, words = turn.facts.get("place", ""), turn.facts.get("words", "")
    geo = _GEO.fullmatch(place)
    if geo is not None:
        return Place({"lat": geo[1], "lon": geo[2]}, Say("case-at-location"), words)
    if not any(it.isalpha() for it in place) and _PINCODE.fullmatch(place) is None:
        return None
    text = "\n".join(it for it in (words, place) if it)
    return Place({"place": place}, Say("case-at", {"place": Code(place)}), text)
