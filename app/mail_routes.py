"""The pages behind the links in e-mails: confirm an address, or end all e-mails to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from app.letters import CONFIRM, UNSUBSCRIBE
from app.payment_routes import HEADERS, TEMPLATES
from app.tokens import Tokens
from models.message import ENGLISH, HINDI, Tag
from models.words import Say
from storage import emails
from storage.store import Store
from voice.voice import Voice

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says, not yet in a language."""

    lines: tuple[Say, ...]
    button: Say | None = None  # what a POST does
    good: bool = False
    status: int = web.HTTPOk.status_code


_ASK = _Page((Say("mail-page-confirm"),), Say("mail-page-confirm-button"))
_CONFIRMED = _Page((Say("mail-page-confirmed"),), good=True)
_ASK_TO_STOP = _Page((Say("mail-page-stop"),), Say("mail-page-stop-button"))
_STOPPED = _Page((Say("mail-page-stopped"), Say("mail-page-again")), good=True)
_UNKNOWN = _Page(
    (Say("mail-page-unknown"), Say("mail-page-new")), status=web.HTTPNotFound.status_code
)


def add_mail_routes(
    app: web.Application, store: Store, tokens: Tokens, voice: Voice, clock: Callable[[], datetime]
) -> None:
    """Let people confirm an address and end e-mails; looking at a page changes nothing."""
    routes = _MailRoutes(store, tokens, voice, clock)
    app.router.add_get(f"/{CONFIRM}/{{token}}", routes.ask)
    app.router.add_post(f"/{CONFIRM}/{{token}}", routes.confirm)
    app.router.add_get(f"/{UNSUBSCRIBE}/{{token}}", routes.ask_to_stop)
    app.router.add_post(f"/{UNSUBSCRIBE}/{{token}}", routes.stop)


class _MailRoutes:
    def __init__(
        self, store: Store, tokens: Tokens, voice: Voice, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._tokens = tokens
        self._voice = voice
        self._clock = clock
        self._template = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True
        ).get_template("mail.html")

    async def ask(self, request: web.Request) -> web.Response:
        """Show the button; programs that look at every link in a mail confirm nothing."""
        named = await self._named(request, CONFIRM)
        if named is None or named.stopped:
            return self._answer(_UNKNOWN, None)
        return self._answer(_CONFIRMED if named.confirmed else _ASK, named.tag)

    async def confirm(self, request: web.Request) -> web.Response:
        """Let the address count."""
        named = await self._named(request, CONFIRM)
        if named is None or not await self._store.write(emails.confirm, named.id, self._clock()):
            return self._answer(_UNKNOWN, None)
        log.info("email_confirmed", email=named.id)
        return self._answer(_CONFIRMED, named.tag)

    async def ask_to_stop(self, request: web.Request) -> web.Response:
        """Show the button."""
        if self._token(request, UNSUBSCRIBE) is None:
            return self._answer(_UNKNOWN, None)
        named = await self._named(request, UNSUBSCRIBE)
        if named is None or named.stopped:  # replaced, or forgotten: nothing comes there
            return self._answer(_STOPPED, named.tag if named else None)
        return self._answer(_ASK_TO_STOP, named.tag)

    async def stop(self, request: web.Request) -> web.Response:
        """Write there no more: the button was pressed, or the mailbox's own (RFC 8058)."""
        email_id = self._token(request, UNSUBSCRIBE)
        if email_id is None:
            return self._answer(_UNKNOWN, None)
        named = await self._named(request, UNSUBSCRIBE)
        await self._store.write(emails.stop, email_id, emails.UNSUBSCRIBED, self._clock())
        log.info("email_stopped", email=email_id)
        return self._answer(_STOPPED, named.tag if named else None)

    def _token(self, request: web.Request, kind: str) -> int | None:
        return self._tokens.read(kind, request.match_info["token"], self._clock())

    async def _named(self, request: web.Request, kind: str) -> emails.Named | None:
        email_id = self._token(request, kind)
        return None if email_id is None else await self._store.read(emails.named, email_id)

    def _answer(self, page: _Page, tag: Tag | None) -> web.Response:
        tags = (HINDI, ENGLISH) if tag is None else (tag,)
        text = self._template.render(
            sections=[self._section(page, it) for it in tags], good=page.good
        )
        return web.Response(
            text=text, status=page.status, content_type="text/html", headers=HEADERS
        )

    def _section(self, page: _Page, tag: Tag) -> Mapping[str, object]:
        def said(say: Say) -> str:
            return self._voice.say(say, tag)

        return {
            "lang": tag,
            "title": said(Say("mail-page-title")),
            "lines": [said(it) for it in page.lines],
            "button": said(page.button) if page.button else "",
            "help": said(Say("page-help")),
            "privacy": said(Say("mail-privacy")),
        }
