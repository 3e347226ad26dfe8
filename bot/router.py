"""Who answers: safety, a keyword, a choice, what we waited for, the intent, or the fallback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.choices import chosen
from bot.identify import has_number, is_only_number
from bot.keywords import match
from bot.nlu.decision import OFFERED
from bot.nlu.result import NluResult
from bot.options import IN_WORDS, Wish, key, read_key
from bot.slots import SLOTS, Slot
from bot.turn import Handler
from models.conversation import Conversation, Talk
from models.k_number import KNumber
from models.message import InboundMessage, Kind, Option, Reply, Tag
from models.words import Say

SAFETY = "safety_hazard"
OWN = frozenset({"affirm", "deny", "cancel", "back"})  # wishes about the talk itself
FIRST = ("bill_view", "bill_pay", "help")  # what most people come for
_LINES = {
    Kind.VOICE: "message-voice",
    Kind.PICTURE: "message-picture",
    Kind.DOCUMENT: "message-document",
    Kind.LOCATION: "message-location",
    Kind.STICKER: "message-sticker",
    Kind.CONTACT: "message-contact",
    Kind.OTHER: "message-other",
}
_OLD_BUTTON = Reply((Say("old-button"),), sms=Say("fallback-again"))


@dataclass(frozen=True, slots=True)
class Route:
    """Either a wish with the handler for it, or a reply that needs none."""

    wish: Wish | None = None
    reply: Reply | None = None
    tag: Tag | None = None  # the language a keyword belongs to
    keyword: bool = False
    answers: bool = False  # a YES or a number we asked for, which is no language chosen
    missed: bool = False  # not understood
    teaches: bool = False  # in its own words, from which understanding can learn
    ends_wait: bool = False  # what we were waiting for is left


@dataclass(frozen=True, slots=True)
class Router:
    """Chooses who answers."""

    handlers: Mapping[str, Handler]
    answer_at: float  # how sure we must be of an intent to answer at once

    def route(
        self, message: InboundMessage, text: str, meaning: NluResult, conversation: Conversation
    ) -> Route:
        """The first of: safety, a tap, what holds no words, keyword, choice, wait, intent."""
        if meaning.intent == SAFETY:
            return Route(Wish(SAFETY))
        if message.choice is not None:
            return self._tapped(message.choice, conversation.talk)
        if not text:
            return self._without_words(message, meaning, conversation)
        talk = conversation.talk
        option = chosen(text, meaning, talk.offered)
        keyword = match(text, meaning, message.sender.channel)
        if keyword is not None and not (keyword.answers and (option or talk.slot)):
            known = keyword.wish.intent in self.handlers or keyword.wish.intent in OWN
            if known:
                return self._command(keyword.wish, keyword.tag, conversation)
        if option is not None:
            return self._tapped(option, talk)
        return self._by_meaning(message, text, meaning, conversation)

    def _without_words(
        self, message: InboundMessage, meaning: NluResult, conversation: Conversation
    ) -> Route:
        """A shared number goes on with what waited for it; a place answers where one was asked."""
        talk = conversation.talk
        slot = SLOTS.get(talk.slot)
        if message.kind is Kind.CONTACT and message.shared_phone is not None:
            if talk.wanted in self.handlers:
                return Route(_waiting(conversation))
            return Route(Wish("account_list"))
        if slot is not None and talk.wanted in self.handlers:
            value = slot.read(message, "", meaning)
            if value is not None:
                return Route(_waiting(conversation, {talk.slot: value}))
        line = _LINES.get(message.kind, "message-empty")
        return Route(reply=Reply((Say(line),), sms=Say("fallback-again")))

    def _tapped(self, option: str, talk: Talk) -> Route:
        """The wish behind an option, with what was said in words when it was asked for."""
        try:
            wish = read_key(option)
        except ValueError:
            return Route(reply=_OLD_BUTTON)
        if wish.intent not in self.handlers:
            return Route(reply=_OLD_BUTTON)
        if wish.intent != talk.wanted:
            return Route(wish)
        known = dict(talk.wanted_with)
        words = {name: it for name, it in known.items() if name in IN_WORDS}
        numbers = wish.k_numbers or _numbers(known.get("k", ""))
        return Route(replace(wish, k_numbers=numbers, facts={**words, **wish.facts}))

    def _command(self, wish: Wish, tag: Tag | None, conversation: Conversation) -> Route:
        if wish.intent in {"cancel", "back"}:
            return self._leave(conversation, tag)
        return Route(wish, tag=tag, keyword=True)

    def _leave(self, conversation: Conversation, tag: Tag | None = None) -> Route:
        name = "cancelled" if conversation.talk.wanted else "nothing-to-cancel"
        return Route(reply=Reply((Say(name),), sms=Say("cancelled")), tag=tag, ends_wait=True)

    def _by_meaning(
        self, message: InboundMessage, text: str, meaning: NluResult, conversation: Conversation
    ) -> Route:
        talk = conversation.talk
        sure = meaning.intent is not None and meaning.confidence >= self.answer_at
        slot = SLOTS.get(talk.slot)
        takes_words = talk.wanted in self.handlers and slot is not None and slot.takes_words
        if sure and meaning.intent in {"cancel", "back"} and not takes_words:
            return self._leave(conversation)
        if talk.wanted in self.handlers:
            waited = self._waited(message, text, meaning, conversation)
            if waited is not None:
                return waited
        if sure and meaning.intent == "affirm" and len(talk.offered) == 1:
            return self._tapped(talk.offered[0].key, talk)
        if sure and meaning.intent in self.handlers:
            return Route(Wish(str(meaning.intent), facts=_month(meaning)))
        if has_number(meaning) or (talk.digits and any(map(str.isdigit, text))):
            return Route(Wish("bill_view"))
        if sure and meaning.intent in {"affirm", "deny"}:
            return Route(Wish("help"))
        return self._unsure(meaning, conversation)

    def _waited(
        self, message: InboundMessage, text: str, meaning: NluResult, conversation: Conversation
    ) -> Route | None:
        """What a message means while we wait for something."""
        talk = conversation.talk
        sure = meaning.intent in self.handlers and meaning.confidence >= self.answer_at
        other = sure and not is_only_number(text, meaning)
        slot = SLOTS.get(talk.slot)
        if slot is None:
            if has_number(meaning) and not other:
                return Route(Wish(str(talk.wanted), facts=dict(talk.wanted_with)))
            return None
        value = slot.read(message, text, meaning)
        if value is not None:
            answer = _waiting(conversation, {talk.slot: value})
            return Route(answer, answers=not slot.takes_words)
        if any(it.entity == "k_number" for it in meaning.entities) and not other:
            return Route(_waiting(conversation, anew=True))
        return None if other else _misread(slot)

    def _unsure(self, meaning: NluResult, conversation: Conversation) -> Route:
        """Offer what it may be; else say what can be done, and the second time whom to call."""
        if meaning.intent is not None:
            ranked = [name for name, _ in meaning.ranking if name in self.handlers]
            likely = list(dict.fromkeys((*ranked, *FIRST)))[:OFFERED]
            return Route(reply=_choice("did-you-mean", likely), missed=True, teaches=True)
        if conversation.talk.misses:
            return Route(reply=_choice("fallback-again", FIRST), missed=True, teaches=True)
        if conversation.talk.wanted and not conversation.talk.slot:
            return Route(Wish("k_number_help"), missed=True, teaches=True)
        return Route(Wish("out_of_scope"), missed=True, teaches=True)


def _month(meaning: NluResult) -> dict[str, str]:
    """The month that is named: the wish keeps it, whatever must be settled first."""
    return {it.entity: str(it.value) for it in meaning.entities if it.entity == "month"}


def _choice(sentence: str, intents: Sequence[str]) -> Reply:
    options = tuple(Option(key(name), Say(f"intent-{name}")) for name in intents)
    return Reply((Say(sentence),), options, asks=sentence == "did-you-mean")


def _waiting(
    conversation: Conversation, facts: Mapping[str, str] | None = None, *, anew: bool = False
) -> Wish:
    """The wish that waits, with what it knows; `anew`: for another connection."""
    talk = conversation.talk
    known = dict(talk.wanted_with)
    k = known.pop("k", "")
    numbers = () if anew else _numbers(k)
    return Wish(str(talk.wanted), numbers, {**known, **(facts or {})})


def _numbers(known: str) -> tuple[KNumber, ...]:
    """The connections that a question of ours is about."""
    return tuple(KNumber(it) for it in known.split(",") if it)


def _misread(slot: Slot) -> Route | None:
    """Say what kind of answer is wanted; the question stands."""
    if not slot.hint:
        return None
    short = Say("hint", {"want": Say(slot.hint.replace("hint-", "want-"))})
    return Route(reply=Reply((Say(slot.hint),), sms=short), missed=True)
