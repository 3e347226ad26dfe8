"""A loopback mail server: it takes every mail, keeps what it says, and has its bad days.

What a test turns: `verdicts` (addresses, and what befalls mail to them), `tls` and `login` before
it is opened.
"""

import asyncio
import email
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from email.policy import default as as_people_read
from enum import StrEnum
from ssl import SSLContext
from typing import cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from simulators.running import LOOPBACK

REMEMBERED = 500
READY = "250 2.0.0 Ok"


class Verdict(StrEnum):
    """What befalls mail to an address; anything else is taken."""

    GREYLISTED = "451 4.7.1 Greylisted, try again later"
    NO_SUCH_USER = "550 5.1.1 No such user here"
    RELAY_DENIED = "554 5.7.1 Relay access denied"
    SPAM = "spam"  # refused after it was read
    LOST = "lost"  # taken, and the connection is cut instead of an answer


@dataclass(frozen=True, slots=True)
class File:
    """A file in a mail."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in one mailbox, as its owner's program shows it."""

    sender: str
    to: str
    at: datetime
    headers: Mapping[str, str]
    text: str
    html: str
    files: tuple[File, ...]
    raw: bytes

    @property
    def subject(self) -> str:
        """What stands above it."""
        return self.headers.get("Subject", "")


@dataclass(slots=True)
class MailServer:
    """Takes mail on a loopback port; `mails` has the newest last."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    tls: SSLContext | None = None  # offered by STARTTLS
    login: tuple[str, str] | None = None  # name and password that it asks for
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    port: int = 0
    connections: int = 0  # how often somebody connected
    mails: deque[Mail] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _server: asyncio.Server | None = None
    _open: set["_Door"] = field(default_factory=set)

    async def open(self, port: int = 0) -> None:
        """Listen on this loopback port, or on a free one."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._door, LOOPBACK, port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Listen no more, and hang up on everybody."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        for door in list(self._open):
            door.hang_up()
        await asyncio.sleep(0)
        await server.wait_closed()

    def to(self, address: str) -> list[Mail]:
        """The mails in one mailbox, oldest first."""
        return [it for it in self.mails if it.to == address]

    def _door(self) -> "_Door":
        self.connections += 1
        return _Door(self, self._open)

    def may_enter(self, name: bytes, password: bytes) -> bool:
        """Whether somebody may sign in."""
        return self.login == (name.decode(), password.decode())

    # What aiosmtpd asks for, by its own names.

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Say whether there is such a mailbox."""
        verdict = self.verdicts.get(address)
        if verdict in {Verdict.GREYLISTED, Verdict.NO_SUCH_USER, Verdict.RELAY_DENIED}:
            return str(verdict)
        envelope.rcpt_tos.append(address)
        return READY

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Put a mail into its mailboxes."""
        befalls = {self.verdicts.get(address) for address in envelope.rcpt_tos}
        if Verdict.SPAM in befalls:
            return "554 5.7.1 Message rejected as spam"
        for address in envelope.rcpt_tos:
            self.mails.append(self._read(envelope, address))
        if Verdict.LOST in befalls:
            cut(server.transport)
        return READY

    def _read(self, envelope: Envelope, address: str) -> Mail:
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        read = email.message_from_bytes(raw, _class=EmailMessage, policy=as_people_read)
        text, html = read.get_body(("plain",)), read.get_body(("html",))
        return Mail(
            sender=envelope.mail_from or "",
            to=address,
            at=self.clock(),
            headers={name: str(value) for name, value in read.items()},
            text=_words(text),
            html=_words(html),
            files=tuple(
                File(it.get_filename() or "", it.get_content_type(), _content(it))
                for it in read.iter_attachments()
            ),
            raw=raw,
        )


class _Door(SMTP):
    """One connection."""

    def __init__(self, house: MailServer, doors: set["_Door"]) -> None:
        self._doors = doors
        login = house.login
        super().__init__(
            house,
            hostname="mail.practice.invalid",
            tls_context=house.tls,
            require_starttls=house.tls is not None,
            auth_required=login is not None,
            auth_require_tls=house.tls is not None,
            authenticator=(lambda *given: _let_in(house, given[-1])) if login else None,
            loop=asyncio.get_running_loop(),
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._doors.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._doors.discard(self)
        super().connection_lost(error)

    def hang_up(self) -> None:
        cut(self.transport)


def cut(transport: asyncio.BaseTransport | None) -> None:
    """End a connection without a word."""
    if transport is not None:
        cast("asyncio.Transport", transport).abort()  # TCP, whichever loop it runs on


def _let_in(house: MailServer, given: object) -> AuthResult:
    fits = isinstance(given, LoginPassword) and house.may_enter(given.login, given.password)
    return AuthResult(success=fits, handled=False)


def _words(part: MIMEPart | None) -> str:
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
