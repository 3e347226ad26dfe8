"""Faults beside a plain outage: voltage, transformers, meters, street lights; and theft."""

from __future__ import annotations

from functools import partial

from bot.handlers.case import bring_up, in_their_words
from bot.handlers.connection import in_short
from bot.handlers.place import Fault, at_connection, at_place, told_place
from bot.turn import Handler, Need, Turn
from models.case import CaseKind
from models.message import Reply
from models.words import Say

_QUALITY = Fault("supply_quality", CaseKind.QUALITY)
_TRANSFORMER = Fault("transformer_fault", CaseKind.TRANSFORMER)
_METER = Fault("meter_fault", CaseKind.METER)


async def name_municipality(turn: Turn) -> Reply:
    """Say who looks after street lights; nothing is noted, as nobody here could finish it."""
    sms = in_short(
        turn,
        Say("intent-street_light"),
        Say("short-town"),
        Say("short-village"),
        office=Say("short-municipality"),
    )
    return Reply((Say("street-light-whose"), Say("street-light-danger")), sms=sms)


async def report_theft(turn: Turn) -> Reply:
    """Note where electricity is stolen; who said so is kept nowhere in the case."""
    place = told_place(turn)
    if place is None:
        return Reply(
            (Say("theft-ask"), Say("theft-unnamed")),
            sms=Say("case-words-ask"),
            then="theft_report",
            slot="place",
            kept={"words": in_their_words(turn)},
        )
    lines = (place.line, Say("theft-unnamed"))
    return await bring_up(turn, CaseKind.THEFT, text=place.text, facts=place.facts, lines=lines)


REPORT_QUALITY = Handler(
    _QUALITY.intent,
    partial(at_connection, _QUALITY),
    needs=Need.K_NUMBER,
    without=partial(at_place, _QUALITY),
)
REPORT_TRANSFORMER = Handler(
    _TRANSFORMER.intent,
    partial(at_connection, _TRANSFORMER),
    needs=Need.K_NUMBER,
    without=partial(at_place, _TRANSFORMER),
)
REPORT_METER = Handler(_METER.intent, partial(at_connection, _METER), needs=Need.K_NUMBER)
STREET_LIGHT = Handler("street_light", name_municipality)
REPORT_THEFT = Handler("theft_report", report_theft)
