"""Take a meter reading from the owner."""

from __future__ import annotations

from bot.handlers.case import bring_up
from bot.handlers.connection import which
from bot.turn import Handler, Need, Turn
from models.case import CaseKind
from models.message import Reply
from models.words import Say


async def take_reading(turn: Turn) -> Reply:
    """Note a reading for the office; one below the last bill's is asked for again."""
    reading = _named(turn)
    if not reading:
        sms = Say("hint", {"want": Say("want-reading")})
        return _asking(Reply((Say("reading-ask"), *which(turn)), sms=sms))
    bill = turn.settled.bill
    if bill is not None and int(reading.partition(".")[0]) < bill.current_reading:
        low = Say("reading-low", {"reading": reading, "last": bill.current_reading})
        return _asking(Reply((low, Say("reading-sure"), *which(turn)), sms=low))
    line = Say("reading-noted", {"reading": reading})
    return await bring_up(turn, CaseKind.READING, facts={"reading": reading}, lines=(line,))


def _named(turn: Turn) -> str:
    """The reading in the message; empty for none."""
    if "reading" in turn.facts:
        return turn.facts["reading"]
    return next((str(it.value) for it in turn.meaning.entities if it.entity == "reading"), "")


def _asking(said: Reply) -> Reply:
    return Reply(said.lines, sms=said.sms, then="meter_reading_submit", slot="reading")


TAKE_READING = Handler("meter_reading_submit", take_reading, needs=Need.VERIFIED)
