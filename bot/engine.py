"""One message in, one conversation step out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.identify import settle, waiting_for, with_last_piece
from bot.language import answer_in, heard
from bot.nlu.result import NluResult, Understanding
from bot.options import Wish
from bot.ports import Services
from bot.router import Route, Router
from bot.turn import Handler, Need, Turn
from models.bill import IST
from models.conversation import Conversation, Offered, Talk
from models.errors import Temporary
from models.k_number import KNumber
from models.message import (
    ENGLISH,
    TAGS,
    ChannelName,
    InboundMessage,
    Kind,
    Phone,
    Reply,
    Tag,
    reply,
)
from models.words import Code, Say

log = structlog.get_logger()

AT_ONCE = 5  # connections answered in one message
_CHOSEN = "language:"  # `then` of a reply that settles the person's language


class Spoken(Protocol):
    """A reply in words."""

    @property
    def text(self) -> str:
        """What is said."""

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Key and label of each option, in the order shown."""


class Speaker(Protocol):
    """Whoever turns a reply into words."""

    def reply(self, reply: Reply, tag: Tag, channel: ChannelName) -> Spoken:
        """Say a reply in a language, as fits a channel."""

    def say(self, say: Say, tag: Tag, *, sms: bool = False) -> str:
        """Say one sentence."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One message to be sent: its words and options."""

    text: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What one message leads to; everything here is kept in one transaction."""

    speeches: tuple[Speech, ...]
    talk: Talk
    tag: Tag
    looked_up: tuple[KNumber, ...] = ()  # look-ups that count for the day
    chosen_tag: Tag | None = None  # the language the person chose for good
    proven_phone: Phone | None = None  # a number the channel says is theirs


@dataclass(frozen=True, slots=True)
class _Answered:
    """What a wish led to, before it is said."""

    replies: tuple[Reply, ...]
    talk: Talk
    tag: Tag
    looked_up: tuple[KNumber, ...] = ()
    keyword: bool = False


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers one message after another; keeps nothing itself."""

    router: Router
    understanding: Understanding
    speaker: Speaker
    services: Services
    default_tag: Tag
    idle: timedelta

    async def step(
        self, message: InboundMessage, conversation: Conversation, now: datetime
    ) -> Step:
        """Answer a message.

        Raises `Temporary` where the store does not answer: the message is then taken up again.
        Any other surprise becomes a polite sentence with a reference that the log has too.
        """
        conversation = _fresh(conversation, self.idle, now)
        try:
            meaning = self.understanding.understand(message.text, now)
            answered = await self._answer(message, conversation, meaning, now)
            return self._say(message, conversation, answered, now)
        except Temporary:
            raise
        except Exception:
            reference = secrets.token_hex(4).upper()
            log.exception("turn_failed", reference=reference)
            return self._trouble(conversation, reference)

    def give_up(self, conversation: Conversation) -> Step:
        """The step for a message that could not be answered, however often it was tried."""
        reference = secrets.token_hex(4).upper()
        log.error("turn_given_up", reference=reference)
        return self._trouble(conversation, reference)

    def _trouble(self, conversation: Conversation, reference: str) -> Step:
        tag = answer_in(heard("", conversation, self.default_tag), conversation)
        said = reply("trouble", reference=Code(reference))
        spoken = self.speaker.reply(said, tag, conversation.address.channel)
        return Step((Speech(spoken.text, spoken.options),), conversation.talk, tag)

    async def _answer(
        self,
        message: InboundMessage,
        conversation: Conversation,
        meaning: NluResult,
        now: datetime,
    ) -> _Answered:
        text = message.text.strip()
        meaning = with_last_piece(meaning, text, conversation.talk)
        route = self.router.route(message, text, meaning, conversation)
        last = heard(meaning.language, conversation, route.tag or self.default_tag)
        tag = answer_in(last, conversation)
        before = conversation.talk
        if route.missed:
            talk = replace(before, tag=last, misses=before.misses + 1)
        elif route.wish is not None or route.ends_wait:
            talk = replace(before, tag=last, misses=0, wanted=None, wanted_with=(), digits="")
        else:
            talk = replace(before, tag=last, misses=0)
        if route.wish is None:
            said = route.reply or reply("fallback-again")
            return _Answered((said,), talk, tag)
        turn = Turn(
            message=message,
            text=text,
            conversation=conversation,
            meaning=meaning,
            tag=tag,
            services=self.services,
            now=now,
            facts=route.wish.facts,
        )
        return await self._grant(route, route.wish, turn, talk)

    async def _grant(self, route: Route, wish: Wish, turn: Turn, talk: Talk) -> _Answered:
        handler = self.router.handlers[wish.intent]
        if handler.needs is Need.NOTHING:
            said = await handler.answer(turn)
            return _Answered((said,), _after(said, wish, talk), turn.tag, keyword=route.keyword)
        meant = await settle(
            wish, turn.meaning, turn.conversation, self.services, self.idle, turn.now
        )
        if meant.question is not None:
            waiting = meant.talk or talk
            kept = replace(waiting, tag=talk.tag, misses=talk.misses)
            return _Answered((meant.question,), kept, turn.tag, keyword=route.keyword)
        return await self._for_each(handler, route, turn, talk, meant.k_numbers[:AT_ONCE])

    async def _for_each(
        self,
        handler: Handler,
        route: Route,
        turn: Turn,
        talk: Talk,
        numbers: Sequence[KNumber],
    ) -> _Answered:
        wish = route.wish or Wish(handler.intent)
        replies: list[Reply] = []
        counted: list[KNumber] = []
        for k in numbers:
            look = await self.services.accounts.look_up(turn.person.id, k, turn.now)
            # Those of this message are counted with its commit, so the store has not seen them yet.
            if not look.allowed or (look.counts and len(counted) >= look.left):
                replies.append(reply("look-ups-used-up", until=_midnight(turn.now)))
                break
            if look.counts:
                counted.append(k)
            if look.account is None:
                replies.append(reply("k-number-unknown", k=k))
                talk = waiting_for(wish, talk)
                continue
            said = await handler.answer(turn.of(look.account))
            own = look.account.consumer.k_number
            talk = replace(_after(said, wish, talk), focus=own, focus_at=turn.now)
            replies.append(said)
        return _Answered(tuple(replies), talk, turn.tag, tuple(counted), keyword=route.keyword)

    def _say(
        self,
        message: InboundMessage,
        conversation: Conversation,
        answered: _Answered,
        now: datetime,
    ) -> Step:
        channel = conversation.address.channel
        tag, talk = answered.tag, answered.talk
        chosen = next((_chosen(it) for it in answered.replies if _chosen(it)), None)
        if chosen is not None:
            tag, talk = chosen, replace(talk, tag=chosen)
        replies = answered.replies
        if message.blanked:
            replies = (reply("secrets-blanked"), *replies)
        spoken = [self.speaker.reply(it, tag, channel) for it in replies]
        speeches = [Speech(it.text, it.options) for it in spoken]
        speeches, talk = self._said_once(
            speeches, tag, talk, conversation, keyword=answered.keyword
        )
        offered = tuple(Offered(key, label) for it in speeches for key, label in it.options)
        talk = replace(talk, offered=offered, last_heard=now)
        return Step(
            speeches=tuple(speeches),
            talk=talk,
            tag=tag,
            looked_up=answered.looked_up,
            chosen_tag=chosen,
            proven_phone=message.shared_phone if message.kind is Kind.CONTACT else None,
        )

    def _said_once(
        self,
        speeches: list[Speech],
        tag: Tag,
        talk: Talk,
        conversation: Conversation,
        *,
        keyword: bool,
    ) -> tuple[list[Speech], Talk]:
        """One message on chat channels; and what is said once only: privacy, HINDI on SMS."""
        if conversation.address.channel is ChannelName.SMS:
            first = conversation.talk.last_heard is None
            if first and keyword and tag == ENGLISH and "hindi" not in talk.told:
                hint = self.speaker.say(Say("hindi-hint"), ENGLISH, sms=True)
                speeches[-1] = replace(speeches[-1], text=f"{speeches[-1].text} {hint}")
                talk = replace(talk, told=talk.told | {"hindi"})
            return speeches, talk
        text = "\n\n".join(it.text for it in speeches)
        options = tuple(option for it in speeches for option in it.options)
        if "privacy" not in talk.told:
            url = Code(f"{self.services.public_url}/privacy")
            text = f"{text}\n\n{self.speaker.say(Say('privacy-line', {'url': url}), tag)}"
            talk = replace(talk, told=talk.told | {"privacy"})
        return [Speech(text, options)], talk


def _after(said: Reply, wish: Wish, talk: Talk) -> Talk:
    """The talk after a reply that waits for something more."""
    if said.then is None or said.then.startswith(_CHOSEN):
        return talk
    facts = {**wish.facts, "ask": "sum"}
    facts.pop("paise", None)
    return replace(talk, wanted=said.then, wanted_with=tuple(facts.items()))


def _chosen(said: Reply) -> Tag | None:
    name = (said.then or "").removeprefix(_CHOSEN)
    return Tag(name) if said.then and name in TAGS else None


def _fresh(conversation: Conversation, idle: timedelta, now: datetime) -> Conversation:
    """The conversation without what was pending, once it was idle too long."""
    talk = conversation.talk
    if talk.last_heard is None or now - talk.last_heard < idle:
        return conversation
    rested = replace(talk, wanted=None, wanted_with=(), digits="", misses=0, focus=None)
    return replace(conversation, talk=rested)


def _midnight(now: datetime) -> datetime:
    """When the day's look-ups begin anew."""
    return (now.astimezone(IST) + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
