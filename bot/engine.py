"""One message in, one conversation step out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.identify import settle, slip, waiting_for, with_last_piece
from bot.language import answer_in, heard
from bot.lessons import awaited, lesson
from bot.nlu.result import NluResult, Understanding
from bot.options import Wish
from bot.ports import Services
from bot.proof import CODE, SEND, gate
from bot.router import Route, Router
from bot.turn import Handler, Need, Turn
from models.bill import IST
from models.consumer import Account
from models.conversation import Conversation, Offered, Talk
from models.deeds import (
    Consent,
    Deed,
    DisownKNumber,
    NameEmail,
    OpenCase,
    RemoveKNumber,
    SaveKNumber,
    SendCode,
)
from models.errors import Temporary
from models.k_number import KNumber
from models.lesson import Lesson
from models.message import (
    ENGLISH,
    HINDI,
    HINGLISH,
    TAGS,
    Attachment,
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

AT_ONCE = 5  # connections answered one by one in one message
_STORING = (SaveKNumber, Consent, NameEmail, OpenCase)  # deeds that keep something about a person
_CHOSEN = "language:"  # `then` of a reply that settles the person's language


class Spoken(Protocol):
    """A reply in words."""

    @property
    def text(self) -> str:
        """What is said."""

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Key and label of each option, in the order shown."""

    @property
    def template(self) -> str:
        """The sentence an SMS is; empty for a message of several."""


class Speaker(Protocol):
    """Whoever turns a reply into words."""

    def reply(self, reply: Reply, tag: Tag, channel: ChannelName) -> Spoken:
        """Say a reply in a language, as fits a channel."""

    def say(self, say: Say, tag: Tag, *, sms: bool = False) -> str:
        """Say one sentence."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One message to be sent: its words and options, and what goes with it."""

    text: str
    options: tuple[tuple[str, str], ...] = ()
    template: str = ""
    attached: tuple[Attachment, ...] = ()
    asks_contact: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one message leads to; everything here is kept in one transaction."""

    speeches: tuple[Speech, ...]
    talk: Talk
    tag: Tag
    looked_up: tuple[KNumber, ...] = ()  # look-ups that count for the day
    chosen_tag: Tag | None = None  # the language the person chose for good
    proven_phone: Phone | None = None  # a number the channel says is theirs
    deeds: tuple[Deed, ...] = ()
    lesson: Lesson | None = None  # what understanding can learn from it


@dataclass(frozen=True, slots=True)
class _Answered:
    """What a wish led to, before it is said."""

    replies: tuple[Reply, ...]
    talk: Talk
    tag: Tag
    looked_up: tuple[KNumber, ...] = ()
    keyword: bool = False
    waits_on: bool = False  # what was offered before can still be chosen
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers one message after another; keeps nothing itself."""

    router: Router
    understanding: Understanding
    speaker: Speaker
    services: Services
    default_tag: Tag
    idle: timedelta
    registered_sms: bool = False  # every SMS leaves as a registered template, and nothing beside it

    async def step(
        self, message: InboundMessage, conversation: Conversation, now: datetime
    ) -> Step:
        """Answer a message.

        Raises `Temporary` where the store does not answer: the message is then taken up again.
        Any other surprise becomes a polite sentence with a reference that the log has too.
        """
        conversation = _fresh(conversation, self.idle, now)
        try:
            message = await self._listened(message)
            conversation = await self._linked(message, conversation)
            meaning = await self.understanding.meaning(message.text.strip(), now)
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

    async def _listened(self, message: InboundMessage) -> InboundMessage:
        """The message with the words that a voice note holds, where somebody can hear them."""
        hearing = self.services.hearing
        if message.kind is not Kind.VOICE or message.text or hearing is None:
            return message
        return replace(message, text=await hearing.words(message) or "")

    async def _linked(self, message: InboundMessage, conversation: Conversation) -> Conversation:
        """The conversation, with the connections that a shared number proves."""
        if message.kind is not Kind.CONTACT or message.shared_phone is None:
            return conversation
        theirs = await self.services.accounts.registered(message.shared_phone)
        person = conversation.person
        known = tuple(dict.fromkeys((*person.registered, *theirs)))
        return replace(conversation, person=replace(person, registered=known))

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
        language = _language(route, meaning)
        last = heard(language, conversation, route.tag or self.default_tag)
        tag = answer_in(last, conversation)
        before = conversation.talk
        if route.missed:
            talk = replace(before, tag=last, misses=before.misses + 1)
        elif route.wish is not None or route.ends_wait:
            talk = replace(
                before, tag=last, misses=0, wanted=None, slot="", wanted_with=(), digits=""
            )
        else:
            talk = replace(before, tag=last, misses=0)
        learnt = lesson(route, text, meaning, before, tag)
        talk = replace(talk, missed=awaited(route, learnt))
        if route.wish is None:
            said = route.reply or reply("fallback-again")
            waits_on = route.missed and not said.options
            return _Answered((said,), talk, tag, waits_on=waits_on, lesson=learnt)
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
        return replace(await self._grant(route, route.wish, turn, talk), lesson=learnt)

    async def _grant(self, route: Route, wish: Wish, turn: Turn, talk: Talk) -> _Answered:
        handler = self.router.handlers[wish.intent]
        if not handler.need(turn).k_number:
            said = await self._gated(handler, turn)
            return _Answered((said,), _after(said, turn, talk), turn.tag, keyword=route.keyword)
        meant = await settle(
            wish, turn.meaning, turn.conversation, self.services, self.idle, turn.now
        )
        if meant.question is not None:
            without = await _without(handler, turn)
            if without is not None:
                talk = _after(without, turn, talk)
                return _Answered((without,), talk, turn.tag, keyword=route.keyword)
            waiting = meant.talk or talk
            kept = replace(waiting, tag=talk.tag, misses=talk.misses, missed=talk.missed)
            return _Answered((meant.question,), kept, turn.tag, keyword=route.keyword)
        if len(meant.k_numbers) > 1 and handler.answer_all is not None and not handler.one_by_one:
            return await self._for_all(handler, route, turn, talk, meant.k_numbers)
        if handler.answer_all is not None and "all" in wish.facts:
            return await self._for_all(handler, route, turn, talk, meant.k_numbers)
        return await self._for_each(handler, route, turn, talk, meant.k_numbers)

    async def _gated(self, handler: Handler, turn: Turn) -> Reply:
        """The handler's answer, once it is shown that the wish is theirs to have."""
        if handler.need(turn) in {Need.NOTHING, Need.K_NUMBER}:
            return await handler.answer(turn)
        way = await gate(handler, turn)
        if way.reply is not None:
            return way.reply
        facts = {name: it for name, it in turn.facts.items() if name not in {SEND, CODE}}
        said = await handler.answer(replace(turn.with_proof(way.proven), facts=facts))
        return replace(said, deeds=(*way.deeds, *said.deeds))

    async def _for_each(
        self,
        handler: Handler,
        route: Route,
        turn: Turn,
        talk: Talk,
        numbers: Sequence[KNumber],
    ) -> _Answered:
        """Answer for one connection after another."""
        wish = route.wish or Wish(handler.intent)
        looks = _Looks(self.services, turn)
        replies: list[Reply] = []
        for k in numbers[:AT_ONCE]:
            account = await looks.at(k)
            if looks.used_up:
                replies.append(reply("look-ups-used-up", until=_midnight(turn.now)))
                if (said := await _without(handler, turn)) is not None:
                    replies.append(said)
                    talk = _after(said, turn, talk)
                break
            if account is None:
                near = slip(wish, k, turn.person)
                replies.append(near or reply("k-number-unknown", k=k))
                talk = waiting_for(wish, talk)
                if near is None and (said := await _without(handler, turn)) is not None:
                    replies.append(said)
                    talk = _after(said, turn, replace(talk, wanted=None, wanted_with=()))
                continue
            one = turn.of(account)
            said = await self._gated(handler, one)
            talk = replace(_after(said, one, talk), focus=one.k_number, focus_at=turn.now)
            replies.append(said)
        if len(numbers) > AT_ONCE:
            rest = Say("hint", {"want": Say("want-rest")})
            replies.append(Reply((Say("hint-rest", {"count": AT_ONCE}),), sms=rest))
        return _Answered(
            tuple(replies), talk, turn.tag, tuple(looks.counted), keyword=route.keyword
        )

    async def _for_all(
        self,
        handler: Handler,
        route: Route,
        turn: Turn,
        talk: Talk,
        numbers: Sequence[KNumber],
    ) -> _Answered:
        """Answer for several connections at once."""
        assert handler.answer_all is not None  # noqa: S101 -- the caller has looked
        looks = _Looks(self.services, turn)
        accounts: dict[KNumber, Account] = {}
        replies: list[Reply] = []
        for k in numbers:
            account = await looks.at(k)
            if looks.used_up:
                replies.append(reply("look-ups-used-up", until=_midnight(turn.now)))
                break
            if account is None:
                wish = route.wish or Wish(handler.intent)
                replies.append(slip(wish, k, turn.person) or reply("k-number-unknown", k=k))
            else:  # once, where its old number and its new one were both named
                accounts.setdefault(account.consumer.k_number, account)
        if accounts:
            said = await handler.answer_all(turn, tuple(accounts.values()))
            talk = _after(said, turn, talk)
            replies.insert(0, said)
        return _Answered(
            tuple(replies), talk, turn.tag, tuple(looks.counted), keyword=route.keyword
        )

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
        speeches = [it for said in replies for it in self._speeches(said, tag, channel)]
        deeds = tuple(self._worded(deed, tag, channel) for said in replies for deed in said.deeds)
        speeches, talk = self._said_once(
            speeches, tag, talk, conversation, keyword=answered.keyword, deeds=deeds
        )
        offered = tuple(Offered(key, label) for it in speeches for key, label in it.options)
        if answered.waits_on and not offered:
            offered = conversation.talk.offered
        if channel is ChannelName.SMS:  # which names its choices in its own words
            speeches = [replace(it, options=()) for it in speeches]
        talk = replace(_without_focus_on(deeds, talk), offered=offered, last_heard=now)
        return Step(
            speeches=tuple(speeches),
            talk=talk,
            tag=tag,
            looked_up=answered.looked_up,
            chosen_tag=chosen,
            proven_phone=message.shared_phone if message.kind is Kind.CONTACT else None,
            deeds=deeds,
            lesson=answered.lesson,
        )

    def _speeches(self, said: Reply, tag: Tag, channel: ChannelName) -> list[Speech]:
        """The messages of one reply: one, and on SMS those that follow it."""
        spoken = self.speaker.reply(said, tag, channel)
        sms = channel is ChannelName.SMS
        first = Speech(
            spoken.text,
            spoken.options,
            template=spoken.template,
            attached=() if sms else said.attached,
            asks_contact=said.asks_contact and channel is ChannelName.TELEGRAM,
        )
        return [first, *(self._sms(it, tag) for it in said.more_sms if sms)]

    def _sms(self, say: Say, tag: Tag) -> Speech:
        return Speech(self.speaker.say(say, tag, sms=True), template=say.name)

    def _worded(self, deed: Deed, tag: Tag, channel: ChannelName) -> Deed:
        """A deed with what it says put into words."""
        match deed:
            case Consent():
                sms = channel is ChannelName.SMS
                return replace(deed, words=self.speaker.say(deed.asked, tag, sms=sms))
            case SendCode():
                sms = deed.registered or channel is ChannelName.SMS
                return replace(deed, words=self.speaker.say(deed.letter, tag, sms=sms))
        return deed

    def _said_once(
        self,
        speeches: list[Speech],
        tag: Tag,
        talk: Talk,
        conversation: Conversation,
        *,
        keyword: bool,
        deeds: tuple[Deed, ...],
    ) -> tuple[list[Speech], Talk]:
        """One message on chat channels; and what is said once only: privacy, HINDI on SMS."""
        url = Code(f"{self.services.public_url}/privacy")
        private = Say("privacy-line", {"url": url})
        if conversation.address.channel is ChannelName.SMS:
            first = conversation.talk.last_heard is None
            if first and keyword and tag == ENGLISH and "hindi" not in talk.told:
                if self.registered_sms:
                    speeches.append(self._sms(Say("language-ask"), ENGLISH))
                else:
                    last, hint = speeches[-1], self._sms(Say("hindi-hint"), ENGLISH)
                    speeches[-1] = replace(last, text=f"{last.text} {hint.text}", template="")
                talk = replace(talk, told=talk.told | {"hindi"})
            if "privacy" not in talk.told and any(isinstance(it, _STORING) for it in deeds):
                speeches.append(self._sms(private, tag))
                talk = replace(talk, told=talk.told | {"privacy"})
            return speeches, talk
        text = "\n\n".join(it.text for it in speeches)
        options = tuple(option for it in speeches for option in it.options)
        if "privacy" not in talk.told:
            text = f"{text}\n\n{self.speaker.say(private, tag)}"
            talk = replace(talk, told=talk.told | {"privacy"})
        attached = tuple(it for speech in speeches for it in speech.attached)
        asks_contact = any(it.asks_contact for it in speeches)
        return [Speech(text, options, attached=attached, asks_contact=asks_contact)], talk


class _Looks:
    """The look-ups of one turn: those that count are counted with its commit."""

    def __init__(self, services: Services, turn: Turn) -> None:
        self._services = services
        self._turn = turn
        self.counted: list[KNumber] = []
        self.used_up = False

    async def at(self, k: KNumber) -> Account | None:
        """The account behind a K-number; None where there is none, or no look is left."""
        person, now = self._turn.person, self._turn.now
        look = await self._services.accounts.look_up(person.id, k, now)
        # The store has not seen those of this message yet.
        self.used_up = not look.allowed or (look.counts and len(self.counted) >= look.left)
        if self.used_up:
            return None
        if look.counts:
            self.counted.append(k)
        return look.account


def _language(route: Route, meaning: NluResult) -> str:
    """The language a message chooses; empty where it chooses none.

    A Hindi keyword is Hindi. The English ones are everybody's: Hindi sentences too ask for PAY ALL,
    so that only Devanagari beside them, or a matter in people's own words, tells their language.
    """
    if route.tag in {HINDI, HINGLISH}:
        return str(route.tag)
    facts = route.wish.facts if route.wish is not None else {}
    says_more = "words" in facts or "place" in facts or meaning.language == HINDI
    plain = route.tag is not None and not says_more
    return "" if route.answers or plain else meaning.language


def _without_focus_on(deeds: Sequence[Deed], talk: Talk) -> Talk:
    """The talk, in which a connection they have just given up is no longer the one spoken of."""
    gone = {it.k for it in deeds if isinstance(it, RemoveKNumber | DisownKNumber)}
    return replace(talk, focus=None, focus_at=None) if talk.focus in gone else talk


def _after(said: Reply, turn: Turn, talk: Talk) -> Talk:
    """The talk after a reply that waits for something more."""
    if said.then is None or said.then.startswith(_CHOSEN):
        return talk
    kept = dict(said.kept)
    if turn.account is not None:
        kept["k"] = turn.k_number
    return replace(talk, wanted=said.then, slot=said.slot, wanted_with=tuple(kept.items()))


async def _without(handler: Handler, turn: Turn) -> Reply | None:
    """The answer of a handler that can do without a connection."""
    return await handler.without(turn) if handler.without else None


def _chosen(said: Reply) -> Tag | None:
    name = (said.then or "").removeprefix(_CHOSEN)
    return Tag(name) if said.then and name in TAGS else None


def _fresh(conversation: Conversation, idle: timedelta, now: datetime) -> Conversation:
    """The conversation without what was pending, once it was idle too long."""
    talk = conversation.talk
    if talk.last_heard is None or now - talk.last_heard < idle:
        return conversation
    rested = replace(
        talk, wanted=None, slot="", wanted_with=(), digits="", misses=0, missed="", focus=None
    )
    return replace(conversation, talk=rested)


def _midnight(now: datetime) -> datetime:
    """When the day's look-ups begin anew."""
    return (now.astimezone(IST) + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
