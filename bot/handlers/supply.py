"""No supply: note it for a connection or a place, and ask for neither twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.handlers.case import bring_up, in_their_words, kind_word
from bot.identify import own_options
from bot.options import Wish
from bot.turn import Handler, Need, Turn
from models.case import UNFINISHED, CaseKind
from models.message import Reply
from models.words import Code, Say, Word

LATELY = timedelta(days=7)  # so long after it was brought up, "still off" goes on with a case
_PINCODE = re.compile(r"\d{6}")
_GEO = re.compile(r"geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")


async def report_outage(turn: Turn) -> Reply:
    """Note at once that a connection has no supply."""
    if "still" in turn.facts:
        return await _still_off(turn)
    return await bring_up(turn, CaseKind.NO_SUPPLY, text=in_their_words(turn))


async def report_place(turn: Turn) -> Reply:
    """Note that a place has no supply; ask for the place where it is not named."""
    if "still" in turn.facts:
        return await _still_off(turn)
    place = turn.facts.get("place", "")
    if not _is_place(place):
        return await where(turn)
    words = turn.facts.get("words", "")
    geo = _GEO.fullmatch(place)
    if geo is not None:
        facts, line = {"lat": geo[1], "lon": geo[2]}, Say("case-at-location")
    else:
        facts, line = {"place": place}, Say("case-at", {"place": Code(place)})
        words = "\n".join(it for it in (words, place) if it)
    return await bring_up(turn, CaseKind.NO_SUPPLY, text=words, facts=facts, lines=(line,))


async def where(turn: Turn) -> Reply:
    """Ask for the K-number or the place, and offer the person's own connections."""
    options = await own_options(Wish("outage_report"), turn.person, turn.services)
    return Reply(
        (Say("case-place-ask"), Say("case-wire")),
        options,
        sms=Say("case-place-ask"),
        then="outage_report",
        slot="place",
        kept={"words": in_their_words(turn)} if "still" not in turn.facts else {},
    )


async def _still_off(turn: Turn) -> Reply:
    """Go on with the case the person brought up lately; without one ask where it is."""
    last = await turn.services.cases.newest(turn.person.id)
    lately = last is not None and turn.now - last.created_at < LATELY
    if last is None or not lately or last.kind is not CaseKind.NO_SUPPLY:
        return await where(turn)
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


def _is_place(place: str) -> bool:
    """Whether an answer can be a place: lone digits are none, unless they are a pincode."""
    return any(it.isalpha() for it in place) or _PINCODE.fullmatch(place) is not None


REPORT_OUTAGE = Handler("outage_report", report_outage, needs=Need.K_NUMBER, without=report_place)
