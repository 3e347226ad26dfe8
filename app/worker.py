"""Answers what waits in the inbox, sends what waits in the outbox, and keeps the clock."""

from __future__ import annotations

import asyncio
import os
import random
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path

import structlog

from app import metrics
from app.clock import now
from bot.engine import Engine, Speech, Step
from channels.channel import Channel
from channels.sender import Letter, Sender
from models.deeds import NameEmail, SendCode
from models.errors import Conflict, Temporary
from models.message import ChannelName, InboundMessage, OutboundMessage, Receipt, Tag
from storage import inbox, nodes, outbox, talks
from storage.emails import Mailer
from storage.seals import Seals
from storage.store import Store

log = structlog.get_logger()

TICK = 5.0  # seconds between looks for what the dead left and what is due
GLANCE = 0.25  # seconds between looks for messages another process took in
AT_ONCE = 64  # turns under way together
SWEEP_EVERY = timedelta(minutes=5)
RECONCILE_EVERY = timedelta(minutes=1)
PURGE_EVERY = timedelta(hours=1)
CLAIMED = 200  # outbox rows taken up in one go
ENOUGH = 5 * CLAIMED  # letters in hand; whoever has as many leaves the rest to others
_WRITING = (SendCode, NameEmail)  # deeds that write to somebody beside the reply
STRANDED_AFTER = timedelta(seconds=90)  # longer than any send and its note can take
LOOK_FOR_STRANDED = timedelta(seconds=30)


def is_alive(pid: int) -> bool:
    """Whether a process of this machine runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def this_machine() -> str:
    """What tells whether process numbers can be compared: the host, and its name space of them.

    Containers may share a host's name and still count their processes apart.
    """
    with suppress(OSError):
        return f"{socket.gethostname()} {Path('/proc/self/ns/pid').readlink()}"
    return socket.gethostname()


def _body(speech: Speech, tag: Tag) -> str:
    return outbox.body(
        speech.text,
        speech.options,
        tag,
        template=speech.template,
        attached=speech.attached,
        asks_contact=speech.asks_contact,
    )


class _Outcome(Enum):
    """What became of a try to answer."""

    ANSWERED = auto()
    AGAIN = auto()  # the conversation has gone on: to be looked at anew
    LATER = auto()  # the tick takes it up again


@dataclass(slots=True)
class Chore:
    """Something done every so often, such as asking the gateway about silent links."""

    name: str
    every: timedelta
    run: Callable[[datetime], Awaitable[object]]
    due: datetime = field(default_factory=now)


@dataclass(slots=True)
class Worker:
    """One process's share of the work, under one slot."""

    store: Store
    seals: Seals
    engine: Engine
    sender: Sender
    kind: str  # serve or worker
    clock: Callable[[], datetime] = now
    works: bool = True  # answers and sends; else it only writes down what comes in
    alone: bool = False  # a terminal: it sees to its own messages and takes over nobody's
    glances: bool = False  # looks for what other processes wrote down
    chores: list[Chore] = field(default_factory=list)
    mailer: Mailer | None = None  # None: nobody is asked for an e-mail address
    slot: str = ""
    _waiting: dict[int, bool] = field(default_factory=dict)  # conversations being served
    _turns: set[asyncio.Task[None]] = field(default_factory=set)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _loops: list[asyncio.Task[None]] = field(default_factory=list)
    _sending: asyncio.Task[None] | None = None
    _beaten: datetime | None = None  # when we last showed that we live
    _beating_since: datetime | None = None
    _ending: bool = False

    async def start(self, slot: str | None = None) -> None:
        """Take a slot and begin; what an earlier process of this slot left is taken up at once."""
        await self._lease(slot)
        self._sending = asyncio.create_task(self.sender.run())
        if self.works and not self.alone:
            # Before anything new comes in: what an earlier process of this slot was sending.
            await self.store.write(outbox.let_go, self.slot, self.clock())
            await self._take_over([])
        looks = [self._for_ever("tick", TICK, self.tick)]
        if self.glances:
            looks.append(self._for_ever("glance", GLANCE, self._glance))
        self._loops = [asyncio.create_task(look) for look in looks]

    async def _lease(self, slot: str | None) -> None:
        self.slot = await self.store.write(
            nodes.lease, self.kind, slot, this_machine(), os.getpid(), self.clock(), is_alive
        )
        log.info("worker_started", slot=self.slot)

    async def close(self, patience: float = 15.0) -> None:
        """No new work; finish what is under way within `patience` seconds, and leave the slot."""
        self._ending = True
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self._turns:
            await asyncio.wait(self._turns, timeout=patience / 2)
        with suppress(TimeoutError):  # a database that is away may keep it longer
            async with asyncio.timeout(patience / 2 + 1.0):
                await self.sender.close(patience / 2)
        if self._sending is not None:
            await self._sending
        for turn in self._turns:
            turn.cancel()
        await asyncio.gather(*self._turns, return_exceptions=True)
        # What is left open belongs to nobody from here on, and is taken over.
        with suppress(Temporary):
            await self.store.write(nodes.leave, self.slot, this_machine(), os.getpid())

    async def take_in(self, message: InboundMessage) -> bool:
        """Write a message down and have it answered; False for a repeat. Raises `Temporary`."""
        owner = self.slot if self.works else None
        taken = await self.store.write(talks.take_in, self.seals, message, owner, self.clock())
        if taken.opened is not None:
            self.serve(taken.opened.conversation.id, taken.opened)
        return taken.new

    def acknowledge(self, channel: Channel) -> None:
        """Let a channel answer what its webhooks expect beside a reply, while we go on."""
        self._beside(channel.acknowledge(), "acknowledge")

    def wake(self) -> None:
        """Look into the outbox now: something was written down for anybody to send."""
        if self.works and not self._ending and not self.alone:
            self._beside(self._take_over([]), "wake")

    async def _send_codes(self, channel: ChannelName) -> None:
        """Show a terminal the codes that go out on its channel, to whomever."""
        ids = await self.store.write(outbox.claim_codes, self.slot, channel, self.clock())
        await self._send_again(ids)

    async def note(self, receipts: Sequence[Receipt]) -> None:
        """Move our messages on by what a provider says of them."""
        await self.store.write(outbox.apply, receipts, self.clock())

    def serve(self, conversation_id: int, opened: talks.Opened | None = None) -> None:
        """Answer what waits in a conversation, one message after another, from the opened one."""
        if conversation_id in self._waiting:
            self._waiting[conversation_id] = True
            return
        if self._ending:
            return
        self._waiting[conversation_id] = True
        turn = asyncio.create_task(self._serve(conversation_id, opened))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._turns:
            await asyncio.wait(self._turns)
        while self.sender.waiting:  # noqa: ASYNC110 -- only `bijli chat` and tests wait so
            await asyncio.sleep(0.01)

    async def _serve(self, conversation_id: int, opened: talks.Opened | None) -> None:
        try:
            async with self._room:
                while self._waiting[conversation_id] and not self._ending:
                    self._waiting[conversation_id] = False
                    if opened is not None:
                        # What came meanwhile has set the mark; else nothing more waits.
                        if await self._answer(opened) is _Outcome.AGAIN:
                            self._waiting[conversation_id] = True
                        opened = None
                        continue
                    while not self._ending and await self._answer_next(conversation_id):
                        pass
        finally:
            del self._waiting[conversation_id]

    async def _answer_next(self, conversation_id: int) -> bool:
        """Answer the oldest waiting message; False when there is none, or it must wait."""
        try:
            opened = await self.store.read(talks.take_up, self.seals, conversation_id, self.slot)
        except Temporary:
            log.warning("turn_postponed", conversation=conversation_id)
            return False
        except Exception:
            log.exception("talk_unreadable", conversation=conversation_id)
            return False
        return opened is not None and await self._answer(opened) is not _Outcome.LATER

    async def _answer(self, opened: talks.Opened) -> _Outcome:
        """Answer a message."""
        try:
            moment = self.clock()
            if opened.waiting.tries < inbox.MOST_TRIES:
                message, talk = opened.waiting.message, opened.conversation
                step = await self.engine.step(message, talk, moment)
            else:
                step = self.engine.give_up(opened.conversation)
            await self._keep(opened, step, moment)
            channel = opened.conversation.address.channel
            metrics.TURNS.labels(channel).observe((self.clock() - moment).total_seconds())
        except Conflict:
            # Look again: the conversation has gone on. A turn that never fits is given up one day.
            return _Outcome.AGAIN if await self._tried(opened) else _Outcome.LATER
        except Temporary:
            log.warning("turn_postponed", conversation=opened.conversation.id)
            return _Outcome.LATER  # the tick takes it up again
        except Exception:
            log.exception("turn_lost", conversation=opened.conversation.id)
            await self._tried(opened)
            return _Outcome.LATER
        return _Outcome.ANSWERED

    async def _tried(self, opened: talks.Opened) -> bool:
        """Count a try that failed; False where even that cannot be written down."""
        try:
            await self.store.write(inbox.tried, opened.waiting.inbox_id)
        except Exception:
            log.exception("try_not_counted")
            return False
        return True

    async def _keep(self, opened: talks.Opened, step: Step, moment: datetime) -> None:
        conversation = opened.conversation
        said = talks.Said(
            inbox_id=opened.waiting.inbox_id,
            conversation=conversation,
            talk=step.talk,
            bodies=tuple(_body(it, step.tag) for it in step.speeches),
            looked_up=step.looked_up,
            chosen_tag=step.chosen_tag,
            proven_phone=step.proven_phone,
            deeds=step.deeds,
            lesson=step.lesson,
        )
        ids = await self.store.write(talks.keep, self.seals, said, self.slot, moment, self.mailer)
        for it, speech in zip(ids, step.speeches, strict=True):
            message = OutboundMessage(
                it,
                conversation.address,
                speech.text,
                speech.options,
                step.tag,
                asks_contact=speech.asks_contact,
                attached=speech.attached,
                template=speech.template,
            )
            self.sender.post(Letter(message, since=moment))
        if any(isinstance(deed, _WRITING) for deed in step.deeds):
            if self.alone:
                await self._send_codes(conversation.address.channel)
            self.wake()

    async def _for_ever(self, name: str, pause: float, look: Callable[[], Awaitable[None]]) -> None:
        """Do something again and again; whatever goes wrong, it goes on."""
        while True:
            try:
                await look()
            except Temporary:
                log.warning("postponed", what=name)
            except Exception:
                log.exception("look_failed", what=name)
            await asyncio.sleep(pause * (0.8 + 0.2 * random.random()))  # noqa: S311 spreads processes

    async def tick(self) -> None:
        """Show that we live, see to what the dead left and what is due, and begin the chores."""
        moment = self.clock()
        try:
            dead = await self._beat(moment)
        except nodes.SlotTaken:
            log.error("taken_for_dead", slot=self.slot)  # noqa: TRY400 -- it is foreseen
            await self._lease(None)
            dead = []
        if self.works and not self.alone:
            await self._take_over(dead)
        elif self.works:
            await self._go_on()
        for chore in self.chores:
            if chore.due <= moment:
                chore.due = moment + chore.every
                self._beside(chore.run(moment), chore.name)

    async def _beat(self, moment: datetime) -> list[str]:
        """Show that we live; the slots of those who do not."""
        if self._beaten is None or moment - self._beaten > nodes.SILENT_AFTER:
            self._beating_since = moment
        dead = await self.store.write(
            nodes.beat,
            self.slot,
            this_machine(),
            os.getpid(),
            moment,
            is_alive,
            self._beating_since,
        )
        self._beaten = moment
        return dead

    async def _take_over(self, dead: Sequence[str]) -> None:
        """Answer and send what nobody else will: the dead's, nobody's, and our own left over."""
        while self.sender.waiting < ENOUGH:
            due = await self.store.write(outbox.claim, self.slot, dead, self.clock(), CLAIMED)
            if due:
                await self._send_again(due)
            if len(due) < CLAIMED:
                break
        await self.store.write(inbox.adopt, self.slot, dead)
        await self._go_on()

    async def _go_on(self) -> None:
        """Take up again what waits for us, such as turns cut off while the database was away."""
        for conversation_id in await self.store.read(inbox.open_conversations, self.slot):
            self.serve(conversation_id)

    async def _send_again(self, ids: Sequence[int]) -> None:
        found = await self.store.read(outbox.load, self.seals, ids, self.clock())
        for it in found:
            self.sender.post(Letter(it.message, it.since, it.attempt, it.doubtful))
        if len(found) < len(ids):
            log.error("addresses_sealed", letters=len(ids) - len(found))

    async def let_go_of_stranded(self, now: datetime) -> None:
        """Have sent again what we said we were sending and have lost on the way."""
        stranded = await self.store.read(outbox.stranded, self.slot, now - STRANDED_AFTER)
        lost = [it for it in stranded if not self.sender.holds(it)]
        for start in range(0, len(lost), CLAIMED):
            some = lost[start : start + CLAIMED]
            found = await self.store.write(outbox.let_go, self.slot, now, some)
            log.warning("letters_stranded", letters=found)

    async def _glance(self) -> None:
        if await self.store.read(inbox.anything_unowned):
            await self._take_over([])

    def _beside(self, work: Awaitable[object], name: str) -> None:
        """Do something beside answering; its trouble is logged, and its end is waited for."""

        async def do() -> None:
            try:
                await work
            except Temporary:
                log.warning("postponed", what=name)
            except Exception:
                log.exception("work_failed", what=name)

        task = asyncio.create_task(do())
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)
