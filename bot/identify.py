"""Which connection is meant: from the message, what came before, or by asking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.nlu.result import Entity, NluResult
from bot.options import Wish, key
from bot.ports import Services
from models.consumer import Account
from models.conversation import Conversation, Person, Talk
from models.k_number import LENGTH, KNumber
from models.message import Option, Reply, reply
from models.words import Say, Word

SHORTEST_PIECE = 4
LAST_DIGITS = 4  # of a K-number, where the person knows which ones there are
_BY_LIST = frozenset({"places", "all"})  # facts that name numbers by the person's list
_BY_PLACE = _BY_LIST | {"place"}  # and those after which the one just spoken of is not meant
_ADDS = "account_add"  # the wish that means a connection which is not in the list yet
_NUMBERS = frozenset({"k_number", "digits", "spreadsheet_number", "phone"})
_NAMES = frozenset("k no number num के नंबर नम्बर".split())  # what a K-number is called
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0900-\u097f])*")
_SPACING = re.compile(r"[\s.\-/]+")
_MOBILE = Reply((Say("k-number-mobile"),), sms=Say("ask-k-number"))
CHOICES = ("first", "second", "third")  # the facts by which an SMS names its choices
_PAIRED = {2, 4}  # so many left are asked about two by two
SHOWN = 9  # own connections offered at once: a list shows ten rows, numbers stay one digit


@dataclass(frozen=True, slots=True)
class Meant:
    """Either the connections that are meant, or the question that settles it."""

    k_numbers: tuple[KNumber, ...] = ()
    question: Reply | None = None
    talk: Talk | None = None  # the talk after the question


def has_number(meaning: NluResult) -> bool:
    """Whether the message holds a K-number or something that may be meant as one."""
    return any(it.entity in _NUMBERS for it in meaning.entities)


def is_only_number(text: str, meaning: NluResult) -> bool:
    """Whether a message is a number that may be a K-number, and says nothing beside it."""
    rest = list(text)
    for it in meaning.entities:
        if it.entity in _NUMBERS:
            rest[it.start : it.end] = " " * (it.end - it.start)
    words = {it.casefold() for it in _LETTERS.findall("".join(rest))}
    return has_number(meaning) and words <= _NAMES


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
        return Meant(question=_MOBILE, talk=waiting)
    own = _meant(wish, conversation.person)
    listed = _listed(wish, own)
    if listed:
        return Meant(listed)
    by_place = wish.facts.keys() & _BY_PLACE
    if not by_place and (spoken_of := _spoken_of(wish, conversation, now - idle)):
        return Meant((spoken_of,))
    if len(own) == 1:
        return Meant(own)
    if own:
        return Meant(question=await choose(wish, conversation.person, services), talk=waiting)
    if _has_phone(meaning):
        return Meant(question=_MOBILE, talk=waiting)
    return Meant(question=reply("ask-k-number"), talk=waiting)


def _spoken_of(wish: Wish, conversation: Conversation, since: datetime) -> KNumber | None:
    """The connection last spoken of, not too long ago; whoever adds one means one not yet saved."""
    talk = conversation.talk
    if talk.focus_at is None or talk.focus_at <= since:
        return None
    if wish.intent == _ADDS and talk.focus in conversation.person.saved:
        return None
    return talk.focus


def _listed(wish: Wish, own: tuple[KNumber, ...]) -> tuple[KNumber, ...]:
    """Those of the person's list that a wish names by place, or all; empty where it names none."""
    if "all" in wish.facts:
        return own
    named = wish.facts.get("places") or wish.facts.get("place", "")
    places = [int(it) for it in named.split(",") if it.isdecimal()]
    if not places or not all(0 < it <= len(own) for it in places):
        return ()
    return tuple(dict.fromkeys(own[it - 1] for it in places))


def _meant(wish: Wish, person: Person) -> tuple[KNumber, ...]:
    """Those of the person that a wish may mean: none where it is about another."""
    return () if "place" in wish.facts or wish.intent == _ADDS else person.own


def _has_phone(meaning: NluResult) -> bool:
    return any(it.entity == "phone" for it in meaning.entities)


def waiting_for(wish: Wish, talk: Talk, *, digits: str = "") -> Talk:
    """The talk, once we wait for the K-number of a wish."""
    facts = tuple(wish.facts.items())
    return replace(talk, wanted=wish.intent, slot="", wanted_with=facts, digits=digits)


def slip(wish: Wish, k: KNumber, person: Person) -> Reply | None:
    """Ask whether one of the person's own numbers was meant that differs in one digit."""
    near = [own for own in person.own if _one_slip(k, own)]
    if not near:
        return None
    facts = _without_list(wish)
    options = tuple(
        Option(key(wish.intent, own, **facts), Say("k-number-this", {"k": own})) for own in near
    )
    unknown = Say("k-number-unknown", {"k": k})
    return Reply((Say("k-number-slip", {"k": k}),), options[:SHOWN], sms=unknown)


def _one_slip(k: str, own: str) -> bool:
    """One digit differs, or two neighbours are swapped."""
    wrong = [at for at, (a, b) in enumerate(zip(k, own, strict=True)) if a != b]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:  # noqa: PLR2004 two neighbours
        return k[wrong[0]] == own[wrong[1]] and k[wrong[1]] == own[wrong[0]]
    return len(wrong) == 1


def _named(meaning: NluResult) -> tuple[KNumber, ...]:
    found = (KNumber(str(it.value)) for it in meaning.entities if it.entity == "k_number")
    return tuple(dict.fromkeys(found))


def _near_miss(wish: Wish, meaning: NluResult, talk: Talk) -> Meant | None:
    """What a number that is no K-number may have been meant for."""
    for entity in meaning.entities:
        if entity.entity == "spreadsheet_number":
            question = Reply((Say("k-number-spreadsheet"),), sms=Say("ask-k-number"))
            return Meant(question=question, talk=waiting_for(wish, talk))
        if entity.entity == "digits" and not _told(wish, str(entity.value)):
            return _piece(wish, str(entity.value), talk)
    return None


def _told(wish: Wish, digits: str) -> bool:
    """Whether digits are something else that was told: a reading, a number within words."""
    if digits == wish.facts.get("reading", "").replace(".", ""):
        return True
    return "words" in wish.facts and len(digits) < LENGTH - 2


def _piece(wish: Wish, digits: str, talk: Talk) -> Meant | None:
    if len(digits) < SHORTEST_PIECE and not talk.digits:
        return None
    whole = talk.digits + digits
    if len(whole) == LENGTH:
        return Meant((KNumber(whole),))
    if len(whole) > LENGTH:
        whole = digits  # the second message began again from the start
    if len(whole) < LENGTH - 2:
        half = Say("k-number-half", {"digits": whole, "left": LENGTH - len(whole)})
        received = Say("k-number-length", {"digits": whole, "count": len(whole)})
        question = Reply((half,), sms=received)
        return Meant(question=question, talk=waiting_for(wish, talk, digits=whole))
    question = reply("k-number-length", digits=whole, count=len(whole))
    rest = whole if len(whole) < LENGTH else ""  # some send only what was missing
    return Meant(question=question, talk=waiting_for(wish, talk, digits=rest))


async def own_options(wish: Wish, person: Person, services: Services) -> tuple[Option, ...]:
    """The person's own connections, each as the answer for which of them a wish is."""
    facts = _without_list(wish)
    accounts = await services.accounts.masked(person.own[:SHOWN])
    ends = shortest_ends([it.consumer.k_number for it in accounts])
    return tuple(
        Option(
            key(wish.intent, k, **facts),
            Say("k-number-option", {"k": ends[k], "name": called(account, person)}),
        )
        for account in accounts
        for k in [account.consumer.k_number]
    )


async def choose(wish: Wish, person: Person, services: Services) -> Reply:
    """Ask which of the person's own connections a wish is about."""
    options = await own_options(wish, person, services)
    first, *more = _asked_on_sms([option.label for option in options])
    return Reply((Say("k-number-choose"),), options, sms=first, more_sms=tuple(more), asks=True)


def _asked_on_sms(labels: Sequence[Say]) -> list[Say]:
    """The same question as SMS: three connections in each, or two so that none stands alone."""
    places = [
        Say("k-number-place", {**label.facts, "place": place})
        for place, label in enumerate(labels, 1)
    ]
    asked = [
        Say("k-number-choose" if len(it) == len(CHOICES) else "k-number-choose-two", it)
        for it in by_threes(places)
    ]
    return asked or [Say("ask-k-number")]


def by_threes(items: Sequence[Say]) -> list[dict[str, Say]]:
    """What each of several SMS names: three, or two so that none stands alone."""
    groups: list[dict[str, Say]] = []
    while len(items) > 1:
        size = 2 if len(items) in _PAIRED else len(CHOICES)
        groups.append(dict(zip(CHOICES, items[:size], strict=False)))
        items = items[size:]
    return groups


def _without_list(wish: Wish) -> dict[str, str]:
    return {name: it for name, it in wish.facts.items() if name not in _BY_LIST}


def called(account: Account, person: Person) -> Word:
    """What the person calls a connection, else whose it is."""
    names = (person.nicknames.get(k) for k in (account.consumer.k_number, account.moved_from) if k)
    return next(filter(None, names), account.consumer.name)


def shortest_ends(numbers: Sequence[KNumber]) -> dict[KNumber, str]:
    """The last digits that tell these numbers apart, at least four of each."""
    return {
        k: next(
            k[-length:]
            for length in range(LAST_DIGITS, LENGTH + 1)
            if length == LENGTH or sum(it.endswith(k[-length:]) for it in numbers) == 1
        )
        for k in numbers
    }
