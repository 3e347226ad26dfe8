"""The chats of a loopback bot: people, what they send, and how updates of it are delivered."""

import asyncio
import json
import random
import string
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from simulators.bounded import Bounded
from simulators.errands import Answer, Errands
from simulators.faults import Faults
from simulators.phone import TELEGRAM, Attachment, Bubble, Phones
from simulators.telegram_updates import (
    Json,
    StoredFile,
    TelegramPerson,
    contact,
    file_content,
    message,
    words,
)

DEMO_TOKEN = "1234567890:demo-telegram-bot-token-of-practice"
DEMO_SECRET = "demo-telegram-webhook-secret"
BOT = {
    "id": 1234567890,
    "is_bot": True,
    "first_name": "Bijli Saathi",
    "username": "BijliSaathiBot",
}

SECONDS_TO_ANSWER = 30
REMEMBERED = 20_000
FILES = 100
QUERIES = 2_000
LOGGED = 1_000
FIRST_DAY = 1_767_225_600  # 1 January 2026, in epoch seconds


@dataclass(slots=True)
class Rings:
    """How updates arrive."""

    repeated: bool = False  # every update twice
    held: bool = False  # updates wait for `release`, which may turn their order around
    tries: int = 6
    retry_seconds: float = 1.0  # before the second try; doubled each time


@dataclass(frozen=True, slots=True)
class Tried:
    """One try to deliver an update, and what came back."""

    update: Json
    answer: Answer


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Chats:
    """The chats of one bot, and how news of them reaches it."""

    def __init__(
        self,
        *,
        token: str = DEMO_TOKEN,
        webhook_url: str = "",
        secret: str = DEMO_SECRET,
        reach_at: str = "",
        file_base: str = "",
        phones: Phones | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.base = ""
        self.token = token
        self.webhook_url = webhook_url
        self.secret = secret
        self.allowed_updates: tuple[str, ...] = ()  # empty: all
        self.file_base = file_base  # where a browser gets files; empty: at our own origin
        self.phones = phones or Phones()
        self.clock = clock
        self.faults = Faults()
        self.rings = Rings()
        self.migrated: dict[int, int] = {}  # chats that became another
        self.blocked: set[int] = set()
        self.commands: dict[str, list[dict[str, str]]] = {}  # by language code
        self.actions: deque[tuple[int, str]] = deque(maxlen=LOGGED)
        self.answered: Bounded[str, str] = Bounded(QUERIES)  # callback queries, and the words
        self.tried: deque[Tried] = deque(maxlen=LOGGED)
        self.pending: list[Json] = []
        self.people: Bounded[int, TelegramPerson] = Bounded(REMEMBERED)
        self._sent: Bounded[tuple[int, int], Json] = Bounded(REMEMBERED)
        self._files: Bounded[str, StoredFile] = Bounded(FILES)
        self._queries: Bounded[str, int] = Bounded(QUERIES)
        # Counted from the clock, so that a restart goes on above what was given before.
        self._last_update = self._now()
        self._last_message = self._now() - FIRST_DAY
        self._errands = Errands(reach_at)
        self._random = random.Random()  # unseeded: a restart must not give the same ids again

    async def close(self) -> None:
        """End the updates that are still on their way."""
        await self._errands.close()

    async def settled(self) -> None:
        """Wait until every update is delivered or given up."""
        await self._errands.idle()

    # The person's end. Each gives what our webhook answered at the first try.

    async def says(self, person: TelegramPerson, text: str) -> Answer:
        """Somebody writes; `/start` opens the chat, as any other word does here."""
        return await self._writes(person, words(text), text)

    async def edits(self, person: TelegramPerson, message_id: int, text: str) -> Answer:
        """Somebody changes a message they sent; raises KeyError where there is none."""
        sent = self._sent[person.id, message_id]
        changed = sent | words(text) | {"edit_date": self._now()}
        self._sent[person.id, message_id] = changed
        bubble = self.phones.find(bubble_id(person.id, message_id))
        if bubble is not None:
            self.phones.show(replace(bubble, text=text, edited=True))
        return await self._happens("edited_message", changed)

    async def taps(self, person: TelegramPerson, message_id: int, data: str) -> Answer:
        """Somebody taps an inline button."""
        query: Json = {
            "id": self._letters(18),
            "from": person.user(),
            "message": self._sent[person.id, message_id],
            "chat_instance": str(person.id),
            "data": data,
        }
        self._queries[query["id"]] = person.id
        return await self._happens("callback_query", query)

    async def shares_contact(
        self, person: TelegramPerson, *, phone: str = "", owner_id: int | None = None
    ) -> Answer:
        """Somebody shares their number, or forwards a card that is somebody else's."""
        number = phone or person.phone
        content = contact(person, number, person.id if owner_id is None else owner_id)
        return await self._writes(person, content, "", (Attachment("contact", number),))

    async def sends(
        self,
        person: TelegramPerson,
        kind: str,
        content: bytes,
        *,
        name: str = "",
        content_type: str = "application/octet-stream",
        caption: str = "",
    ) -> Answer:
        """Somebody sends a file: voice, picture, sticker or document."""
        file = self._store(name or kind, content_type, content)
        shown = Attachment(kind, name, self._file_url(file))
        return await self._writes(person, file_content(kind, file, caption), caption, (shown,))

    async def is_at(self, person: TelegramPerson, latitude: float, longitude: float) -> Answer:
        """Somebody shares a location."""
        place = {"location": {"latitude": latitude, "longitude": longitude}}
        shown = Attachment("location", f"{latitude:.4f}, {longitude:.4f}")
        return await self._writes(person, place, "", (shown,))

    async def blocks(self, person: TelegramPerson, *, blocks: bool = True) -> Answer:
        """Somebody blocks the bot, or lets it in again."""
        before, after = ("member", "kicked") if blocks else ("kicked", "member")
        if blocks:
            self.blocked.add(person.id)
        else:
            self.blocked.discard(person.id)
        # A ban has an end in its form; 0 says that it has none.
        until = {"until_date": 0}
        change = {
            "chat": person.chat(),
            "from": person.user(),
            "date": self._now(),
            "old_chat_member": {"user": BOT, "status": before} | until,
            "new_chat_member": {"user": BOT, "status": after} | until,
        }
        return await self._happens("my_chat_member", change)

    async def release(self, *, backwards: bool = False) -> None:
        """Deliver the updates that were held."""
        self.rings.held = False
        updates, self.pending = self.pending, []
        for update in reversed(updates) if backwards else updates:
            await self._deliver(update)

    def file(self, file_id: str) -> StoredFile | None:
        """A file either side sent, unless forgotten."""
        return self._files.get(file_id)

    async def _writes(
        self,
        person: TelegramPerson,
        content: Mapping[str, Any],
        text: str,
        attachments: tuple[Attachment, ...] = (),
    ) -> Answer:
        self.people[person.id] = person
        self.blocked.discard(person.id)
        message_id = self._next_message()
        sent = message(person, message_id, self._now(), content)
        self._sent[person.id, message_id] = sent
        self.phones.show(
            Bubble(
                bubble_id(person.id, message_id),
                TELEGRAM,
                str(person.id),
                ours=False,
                text=text,
                at=self._millis(),
                status="sent",
                attachments=attachments,
            )
        )
        return await self._happens("message", sent)

    async def _happens(self, kind: str, content: Json) -> Answer:
        if self.allowed_updates and kind not in self.allowed_updates:
            return Answer(0)
        self._last_update += 1
        update = {"update_id": self._last_update, kind: content}
        if self.rings.held or not self.webhook_url:
            self.pending.append(update)
            return Answer(0)
        return await self._deliver(update)

    async def _deliver(self, update: Json) -> Answer:
        answer = await self._post(update)
        if not answer.accepted:
            self._errands.run(self._try_again(update))
        if self.rings.repeated:
            await self._post(update)
        return answer

    async def redeliver(self, update: Json) -> Answer:
        """Deliver an update once more, as Telegram may."""
        return await self._post(update)

    async def _try_again(self, update: Json) -> None:
        for attempt in range(self.rings.tries - 1):
            await asyncio.sleep(self.rings.retry_seconds * 2**attempt)
            if (await self._post(update)).accepted:
                return

    async def _post(self, update: Json) -> Answer:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        body = json.dumps(update).encode()
        answer = await self._errands.post(
            self.webhook_url, body, headers, seconds=SECONDS_TO_ANSWER
        )
        self.tried.append(Tried(update, answer))
        if answer.accepted and answer.content_type == "application/json":
            await self.obey(answer.text)
        return answer

    async def obey(self, text: str) -> None:
        """A webhook may answer with a method of the Bot API, which knows what to do."""

    # Small change.

    def _store(self, name: str, content_type: str, content: bytes) -> StoredFile:
        file = StoredFile(f"AgAC{self._letters(24)}", name, content_type, content)
        self._files[file.id] = file
        return file

    def _file_url(self, file: StoredFile) -> str:
        return f"{self.file_base or f'{self.base}/file/bot{self.token}'}/{file.id}"

    def _next_message(self) -> int:
        self._last_message += 1
        return self._last_message

    def _letters(self, length: int) -> str:
        return "".join(self._random.choices(string.ascii_letters + string.digits, k=length))

    def _now(self) -> int:
        return int(self.clock().timestamp())

    def _millis(self) -> int:
        return int(self.clock().timestamp() * 1000)


def message_id_of(bubble: Bubble) -> int:
    """Telegram's number of a message on a phone."""
    return int(bubble.id.rpartition(":")[2])


def bubble_id(chat_id: int, message_id: int) -> str:
    return f"telegram:{chat_id}:{message_id}"
