"""What people see on their phones: the log that `/try` shows and that tests read."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from simulators.bounded import Bounded

WHATSAPP, SMS, TELEGRAM = "whatsapp", "sms", "telegram"
REMEMBERED = 5_000
BEHIND = 1_000


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: it comes back as `payload`, opens `url`, or shares the phone number."""

    label: str
    payload: str = ""
    url: str = ""
    description: str = ""
    shares_contact: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file, or a place where the browser gets one."""

    kind: str  # voice, picture, document, location, sticker, contact
    name: str = ""
    url: str = ""
    mime: str = ""
    size: int = 0  # bytes; 0 where nobody has fetched it


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on one phone."""

    id: str  # the provider's
    channel: str
    person: str  # the address of the phone's owner on that channel
    ours: bool  # the company wrote it
    text: str
    at: int  # epoch milliseconds
    status: str = ""
    error: str = ""
    segments: int = 0  # an SMS is paid by the part
    attachments: tuple[Attachment, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()  # by rows
    rows: tuple[Button, ...] = ()  # a list behind one button
    list_label: str = ""
    keyboard: tuple[tuple[Button, ...], ...] = ()  # instead of the person's own keyboard
    edited: bool = False
    note: str = ""  # a word from the provider itself


class Phones:
    """All phones of a simulated provider, newest message last, the oldest forgotten."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._bubbles: Bounded[str, Bubble] = Bounded(limit)
        self._watchers: set[Watcher] = set()

    def show(self, bubble: Bubble) -> None:
        """Put a message on a phone, or change the one that has this id."""
        self._bubbles[bubble.id] = bubble
        for watcher in self._watchers:
            watcher.tell(bubble)

    def status(self, message: str, status: str, error: str = "") -> None:
        """Change the ticks below a message; one already forgotten stays so."""
        if (bubble := self._bubbles.get(message)) is not None:
            self.show(replace(bubble, status=status, error=error))

    def find(self, message: str) -> Bubble | None:
        """The message of this id, unless forgotten."""
        return self._bubbles.get(message)

    def on(self, channel: str, person: str = "") -> tuple[Bubble, ...]:
        """What stands on a channel's phones, or on one person's, oldest first."""
        return tuple(
            bubble
            for bubble in self._bubbles.values()
            if bubble.channel == channel and person in ("", bubble.person)
        )

    def all(self) -> tuple[Bubble, ...]:
        """Everything remembered, oldest first."""
        return tuple(self._bubbles.values())

    @contextmanager
    def watch(self) -> Iterator["Watcher"]:
        """Hear of every message from now on."""
        watcher = Watcher()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)


class Watcher:
    """Somebody looking at the phones. Who falls far behind misses the oldest news."""

    def __init__(self) -> None:
        self._news: deque[Bubble] = deque(maxlen=BEHIND)
        self._rung = asyncio.Event()

    def tell(self, bubble: Bubble) -> None:
        """Add to the news."""
        self._news.append(bubble)
        self._rung.set()

    async def news(self, seconds: float) -> tuple[Bubble, ...]:
        """What is new, waiting for it at most so long; empty when nothing came."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return ()
        self._rung.clear()
        news = tuple(self._news)
        self._news.clear()
        return news
