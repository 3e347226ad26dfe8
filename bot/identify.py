"""Which connection is meant: from the message, what came before, or by asking."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.nlu.result import Entity, NluResult
from bot.options import Wish, key
from bot.ports import Services
from models.conversation import Conversation, Talk
from models.k_number import LENGTH, KNumber
from models.message import Option, Reply, reply
from models.words import Say

SHORTEST_PIECE = 4
_SPACING = re.compile(r"[\s.\-/]+")
SHOWN = 9  # own connections offered at once: a list shows ten rows, numbers stay one digit


@dataclass(frozen=True, slots=True)
class Meant:
    """Either the connections that are meant, or the question that settles it."""

    k_numbers: tuple[KNumber, ...] = ()
    question: Reply | None = None
    talk: Talk | None = None  # the talk after the question


def has_number(meaning: NluResult) -> bool:
    """Whether the message holds a K-number or something that may be meant as one."""
    kinds = {"k_number", "digits", "spreadsheet_number", "phone"}
    return any(it.entity in kinds for it in meaning.entities)


def with_last_piece(meaning: NluResult, text: str, talk: Talk) -> NluResult:
    """The meaning, with a few lone digits read as the end of a K-number sent in pieces.

    Anywhere else so few digits are a choice or a sum, and none of our business.
    """
    digits = _SPACING.sub("", text)
    if not talk.digits or has_number(meaning) or not digits.isdecimal() or len(digits) >= LENGTH:
        return meaning
    ascii_digits = "".join(str(int(it)) for it in digits)  # of whatever script
    return replace(meaning, entities=(Entity("digits", ascii_digits, 0, len(text)),))


async def settle(
    wish: Wish,
    meaning: NluResult,
    conversation: Conversation,
    services: Services,
    idle: timedelta,
    now: datetime,
) -> Meant:
    """Find the connections a wish is about.

    In this order: named in the wish or the message; a piece that completes one sent before; the
    place in the person's list; the one just spoken of; the person's only one; else a question.
    """
    talk = conversation.talk
    if wish.k_numbers:
        return Meant(wish.k_numbers)
    named = _named(meaning)
    if named:
        return Meant(named)
    waiting = waiting_for(wish, talk)
    near = _near_miss(wish, meaning, talk)
    if near is not None:
        return near
    if _has_phone(meaning) and (talk.wanted or "mobile" in wish.facts):
        return Meant(question=reply("k-number-mobile"), talk=waiting)
    own = conversation.person.own
    place = int(wish.facts.get("place", 0))
    if 0 < place <= len(own):
        return Meant((own[place - 1],))
    if talk.focus and talk.focus_at and now - talk.focus_at < idle and not place:
        return Meant((talk.focus,))
    if len(own) == 1:
        return Meant(own)
    if own:
        return Meant(question=await _choose(wish, own, services), talk=waiting)
    if _has_phone(meaning):
        return Meant(question=reply("k-number-mobile"), talk=waiting)
    return Meant(question=reply("ask-k-number"), talk=waiting)


def _has_phone(meaning: NluResult) -> bool:
    return any(it.entity == "phone" for it in meaning.entities)


def waiting_for(wish: Wish, talk: Talk, *, digits: str = "") -> Talk:
    """The talk, once we wait for the K-number of a wish."""
    return replace(talk, wanted=wish.intent, wanted_with=tuple(wish.facts.items()), digits=digits)


def _named(meaning: NluResult) -> tuple[KNumber, ...]:
    found = (KNumber(str(it.value)) for it in meaning.entities if it.entity == "k_number")
    return tuple(dict.fromkeys(found))


def _near_miss(wish: Wish, meaning: NluResult, talk: Talk) -> Meant | None:
    """What a number that is no K-number may have been meant for."""
    for entity in meaning.entities:
        if entity.entity == "spreadsheet_number":
            return Meant(question=reply("k-number-spreadsheet"), talk=waiting_for(wish, talk))
        if entity.entity == "digits":
            return _piece(wish, str(entity.value), talk)
    return None


def _piece(wish: Wish, digits: str, talk: Talk) -> Meant | None:
    if len(digits) < SHORTEST_PIECE and not talk.digits:
        return None
    whole = talk.digits + digits
    if len(whole) == LENGTH:
        return Meant((KNumber(whole),))
    if len(whole) > LENGTH:
        whole = digits  # the second message began again from the start
    if len(whole) < LENGTH - 2:
        question = reply("k-number-half", digits=whole, left=LENGTH - len(whole))
        return Meant(question=question, talk=waiting_for(wish, talk, digits=whole))
    question = reply("k-number-length", digits=whole, count=len(whole))
    rest = whole if len(whole) < LENGTH else ""  # some send only what was missing
    return Meant(question=question, talk=waiting_for(wish, talk, digits=rest))


async def _choose(wish: Wish, own: tuple[KNumber, ...], services: Services) -> Reply:
    facts = {name: value for name, value in wish.facts.items() if name != "place"}
    options = tuple(
        Option(
            key(wish.intent, account.consumer.k_number, **facts),
            Say(
                "k-number-option",
                {"k": account.consumer.k_number[-4:], "name": account.consumer.name},
            ),
        )
        for account in await services.accounts.masked(own[:SHOWN])
    )
    return Reply((Say("k-number-choose"),), options, asks=True)
