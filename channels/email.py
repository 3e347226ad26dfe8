"""E-mail through an SMTP server: we write there, and nobody is answered there."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Protocol

import structlog

from channels.channel import Capabilities, WebhookRequest
from channels.email_letter import EmailWords, Letters
from models.errors import Permanent
from models.message import (
    ENGLISH,
    Attachment,
    ChannelName,
    InboundMessage,
    OutboundMessage,
    Receipt,
    Tag,
)

if TYPE_CHECKING:
    from channels.email_smtp import Connection

log = structlog.get_logger()

CAN = Capabilities(buttons=0, rows=0, longest_label=0, longest_text=100_000)
AT_ONCE = 4  # connections; more, and many servers refuse the next one
IDLE = 15.0  # seconds a connection waits for the next mail


class Papers(Protocol):
    """Where our papers are."""

    async def body(self, url: str) -> bytes:
        """The paper that an address of ours leads to; raises `Temporary` or `Permanent`."""


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """What a mail server needs."""

    host: str
    port: int
    sender: str  # our address
    public_url: str  # where the privacy notice stands
    username: str = ""
    password: str = ""
    security: Literal["none", "starttls", "tls"] = "starttls"
    tls: ssl.SSLContext | None = None  # whom to trust, where it is not who the machine trusts


class Email:
    """Mails from one address.

    Connections are used again for whatever comes next, and closed when nothing does.
    """

    name = ChannelName.EMAIL
    capabilities = CAN

    def __init__(
        self, settings: EmailSettings, words: Mapping[Tag, EmailWords], papers: Papers
    ) -> None:
        self._settings = settings
        self._words = words
        self._papers = papers
        self._letters = Letters(settings.sender, settings.public_url.rstrip("/") + "/privacy")
        self._room = asyncio.Semaphore(AT_ONCE)
        self._resting: list[Connection] = []
        self._alarm: asyncio.TimerHandle | None = None

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """Nothing comes in this way."""
        return ()

    async def send(self, message: OutboundMessage) -> str:
        """See `Channel`; the provider's id is our own Message-ID. Options are left out."""
        words = self._words.get(message.tag) or self._words[ENGLISH]
        files = await self._files(message)
        mail = self._letters.write(message, words, files, datetime.now(UTC))
        async with self._room:
            connection = await self._connection()
            try:
                to = mail["To"].addresses[0].addr_spec
                await connection.carry(self._settings.sender, to, bytes(mail))
            finally:
                if connection.is_open:
                    self._rest(connection)
        return self._letters.id_of(message)

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """A mail server keeps no list that we can read."""
        return None

    async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        """Nothing comes in this way."""
        nothing: tuple[InboundMessage, ...] = ()
        for message in nothing:
            yield message

    async def acknowledge(self) -> None:
        """Nothing comes in this way."""

    async def close(self) -> None:
        """Close the connections; the next mail makes new ones."""
        if self._alarm is not None:
            self._alarm.cancel()
        resting, self._resting = self._resting, []
        for connection in resting:
            await connection.quit()

    async def _files(self, message: OutboundMessage) -> list[tuple[Attachment, bytes]]:
        files = []
        for paper in message.attached:
            try:
                files.append((paper, await self._papers.body(paper.url)))
            except Permanent:  # the words must arrive all the same
                log.warning("paper_left_out", message=message.id, channel=self.name)
        return files

    async def _connection(self) -> Connection:
        while self._resting:
            resting = self._resting.pop()
            if await resting.begin():
                return resting
        # The import takes a tenth of a second, which nobody should wait for.
        await asyncio.to_thread(__import__, "channels.email_smtp")
        from channels.email_smtp import Connection

        return await Connection.open(self._settings)

    def _rest(self, connection: Connection) -> None:
        self._resting.append(connection)
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_later(IDLE, self._hang_up)

    def _hang_up(self) -> None:
        while self._resting:
            self._resting.pop().drop()
