"""Who answers: safety, a keyword, a choice, what we waited for, the intent, or the fallback."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.choices import chosen
from bot.identify import has_number
from bot.keywords import match
from bot.nlu.result import NluResult
from bot.options import Wish, key, read_key
from bot.turn import Handler
from models.conversation import Conversation
from models.message import InboundMessage, Kind, Option, Reply, Tag, reply
from models.words import Say

SAFETY = "safety_hazard"
OWN = frozenset({"affirm", "deny", "cancel", "back"})  # wishes about the talk itself
OFFERED = 3  # likely wishes offered when we are not sure
FIRST = ("bill_view", "bill_pay", "help")  # what most people come for
_BARE_SUM = re.compile(
    r"(?:rs\.?\s*|₹\s*)?(\d{1,7})(?:\s*/-|\s*rs\.?|\s*rupa?y\w*)?", re.IGNORECASE
)
_LINES = {
    Kind.VOICE: "message-voice",
    Kind.PICTURE: "message-picture",
    Kind.DOCUMENT: "message-document",
    Kind.LOCATION: "message-location",
    Kind.STICKER: "message-sticker",
    Kind.CONTACT: "message-contact",
    Kind.OTHER: "message-other",
}


@dataclass(frozen=True, slots=True)
class Route:
    """Either a wish with the handler for it, or a reply that needs none."""

    wish: Wish | None = None
    reply: Reply | None = None
    tag: Tag | None = None  # the language a keyword belongs to
    keyword: bool = False
    missed: bool = False  # not understood
    ends_wait: bool = False  # what we were waiting for is left


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure we must be: to answer at once, and to offer a choice."""

    answer_at: float
    offer_at: float


@dataclass(frozen=True, slots=True)
class Router:
    """Chooses who answers."""

    handlers: Mapping[str, Handler]
    thresholds: Thresholds

    def route(
        self, message: InboundMessage, text: str, meaning: NluResult, conversation: Conversation
    ) -> Route:
        """The first of: safety, a tap, what holds no words, keyword, choice, wait, intent."""
        if meaning.intent == SAFETY:
            return Route(Wish(SAFETY))
        if message.choice is not None:
            return self._tapped(message.choice)
        if not text:
            return Route(reply=reply(_LINES.get(message.kind, "message-empty")))
        keyword = match(text, meaning)
        if keyword is not None:
            return self._command(keyword.wish, keyword.tag, conversation)
        option = chosen(text, meaning, conversation.talk.offered)
        if option is not None:
            return self._tapped(option)
        return self._by_meaning(text, meaning, conversation)

    def _tapped(self, option: str) -> Route:
        try:
            wish = read_key(option)
        except ValueError:
            return Route(reply=reply("old-button"))
        if wish.intent not in self.handlers:
            return Route(reply=reply("old-button"))
        return Route(wish)

    def _command(self, wish: Wish, tag: Tag, conversation: Conversation) -> Route:
        if wish.intent in {"cancel", "back"}:
            return self._leave(conversation, tag)
        return Route(wish, tag=tag, keyword=True)

    def _leave(self, conversation: Conversation, tag: Tag | None = None) -> Route:
        name = "cancelled" if conversation.talk.wanted else "nothing-to-cancel"
        return Route(reply=reply(name), tag=tag, ends_wait=True)

    def _by_meaning(self, text: str, meaning: NluResult, conversation: Conversation) -> Route:
        talk = conversation.talk
        sure = meaning.intent is not None and meaning.confidence >= self.thresholds.answer_at
        if sure and meaning.intent in {"cancel", "back"}:
            return self._leave(conversation)
        if talk.wanted in self.handlers:
            waited = self._waited(text, meaning, conversation)
            if waited is not None:
                return waited
        if sure and meaning.intent == "affirm" and len(talk.offered) == 1:
            return self._tapped(talk.offered[0].key)
        if sure and meaning.intent in self.handlers:
            return Route(Wish(str(meaning.intent)))
        if has_number(meaning) or (talk.digits and any(map(str.isdigit, text))):
            return Route(Wish("bill_view"))
        if sure and meaning.intent in {"affirm", "deny"}:
            return Route(Wish("help"))
        return self._unsure(meaning, conversation)

    def _waited(self, text: str, meaning: NluResult, conversation: Conversation) -> Route | None:
        """What a message means while we wait for a K-number or a sum."""
        talk = conversation.talk
        wanted = str(talk.wanted)
        facts = dict(talk.wanted_with)
        by_sum = _BARE_SUM.fullmatch(text.strip())
        if by_sum and facts.get("ask") == "sum":
            return Route(Wish(wanted, facts={**facts, "paise": str(int(by_sum.group(1)) * 100)}))
        named_sum = any(it.entity == "amount" for it in meaning.entities)
        if named_sum and facts.get("ask") == "sum":
            return Route(Wish(wanted, facts=facts))
        other = meaning.intent in self.handlers and meaning.confidence >= self.thresholds.answer_at
        if has_number(meaning) and not other:
            return Route(Wish(wanted, facts=facts))
        return None

    def _unsure(self, meaning: NluResult, conversation: Conversation) -> Route:
        """Offer what it may be; else say what can be done, and the second time whom to call."""
        if meaning.intent is not None:
            likely = [name for name, _ in meaning.ranking if name in self.handlers][:OFFERED]
            return Route(reply=_choice("did-you-mean", likely), missed=True)
        if conversation.talk.misses:
            return Route(reply=_choice("fallback-again", FIRST), missed=True)
        if conversation.talk.wanted and not _waits_for_sum(conversation):
            return Route(Wish("k_number_help"), missed=True)
        return Route(Wish("out_of_scope"), missed=True)


def _choice(sentence: str, intents: Sequence[str]) -> Reply:
    options = tuple(Option(key(name), Say(f"intent-{name}")) for name in intents)
    return Reply((Say(sentence),), options, asks=sentence == "did-you-mean")


def _waits_for_sum(conversation: Conversation) -> bool:
    return dict(conversation.talk.wanted_with).get("ask") == "sum"
