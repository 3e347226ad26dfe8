"""WhatsApp and SMS through Twilio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from channels.blanking import blank_message
from channels.channel import Capabilities, Forged, Malformed, WebhookRequest
from channels.present import Part, numbered, present
from channels.progress import Progress
from channels.text import divide, readable
from channels.twilio_content import Approved, buttons_name, menu_lines, rows_name, variables
from channels.twilio_inbound import address, fields, message, receipt
from channels.twilio_signature import is_signed
from models.errors import OutsideWindow, Permanent, Unknown
from models.message import ChannelName, InboundMessage, Kind, OutboundMessage, Receipt, Tag

if TYPE_CHECKING:
    from channels.twilio_http import Client, TwilioHttp

STATUS_PATH = "/webhooks/twilio/status"
WHATSAPP_CAN = Capabilities(
    buttons=3,
    rows=10,
    longest_label=20,
    longest_text=1600,
    longest_row=24,
    longest_menu=1024,
    longest_caption=1024,
)
SMS_CAN = Capabilities(buttons=0, rows=0, longest_label=0, longest_text=1600)
_PAGE = 200
_CLOCKS_DIFFER = timedelta(minutes=1)  # Twilio's and ours
_RECENT = 50  # messages to one person looked through for one in doubt


@dataclass(frozen=True, slots=True)
class TwilioSettings:
    """What an account needs; the first auth token is the newest and makes the calls."""

    account_sid: str
    auth_tokens: tuple[str, ...]
    public_url: str  # the address that Twilio signs and reports to
    api_base: str | None = None  # replaces every origin of Twilio


class TwilioAccount:
    """One account, shared by WhatsApp and SMS. Its client is made at the first call."""

    def __init__(self, settings: TwilioSettings) -> None:
        self.settings = settings
        self._public = settings.public_url.rstrip("/")
        self._http: TwilioHttp | None = None
        self._client: Client | None = None
        self._making = asyncio.Lock()

    async def client(self) -> Client:
        """The SDK's client, on connections of this loop."""
        async with self._making:
            if self._client is None:
                # The import takes a fifth of a second, which nobody's webhook should wait for.
                await asyncio.to_thread(__import__, "channels.twilio_http")
                from channels.twilio_http import Client, TwilioHttp

                self._http = TwilioHttp(self.settings.api_base)
                sid, token = self.settings.account_sid, self.settings.auth_tokens[0]
                self._client = Client(sid, token, http_client=self._http)
            return self._client

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """What a webhook brought: a message, a receipt, or nothing of ours."""
        try:
            form_fields = fields(request.body)
        except ValueError as error:
            raise Forged from error  # Twilio signs no such form
        if not request.raw_path.startswith("/"):
            raise Forged
        # Twilio signs the address it called, which behind a proxy is not the address we see.
        url = self._public + request.raw_path
        if not is_signed(self.settings.auth_tokens, url, form_fields, request.headers):
            raise Forged
        form = dict(form_fields)
        if form.get("AccountSid", self.settings.account_sid) != self.settings.account_sid:
            raise Forged
        if not form:
            raise Malformed
        if "MessageStatus" in form:
            found: InboundMessage | Receipt | None = receipt(form, request.raw_path)
        else:
            found = message(form, now)
        return (found,) if found is not None else ()

    async def create(self, message_id: int, **parameters: str) -> str:
        """Hand one message over and return its SID; raises what `Channel.send` raises."""
        client = await self.client()
        from channels.twilio_http import TwilioException, translate

        callback = f"{self._public}{STATUS_PATH}?m={message_id}"
        try:
            made = await client.messages.create_async(status_callback=callback, **parameters)
        except TwilioException as error:
            raise translate(error) from error
        if not made.sid:
            raise Unknown("twilio unreadable")
        return made.sid

    async def missed(self, to: str, since: datetime) -> AsyncIterator[InboundMessage]:
        """Inbound messages on record at one of our numbers since then, oldest first.

        The list has neither the key of a tapped button nor the kind of a picture.
        """
        rows = await self._listed(to=to, date_sent_after=since.astimezone(UTC))
        for row in reversed(rows):
            sender = address(row.from_ or "")
            if row.direction != "inbound" or sender is None or not row.sid:
                continue
            heard = blank_message(readable(row.body or ""))
            has_media = (row.num_media or "0") != "0"
            yield InboundMessage(
                id=row.sid,
                sender=sender,
                text=heard.text,
                received_at=row.date_sent or row.date_created or since,
                kind=Kind.OTHER if has_media else Kind.TEXT,
                blanked=heard.blanked,
                secret=heard.secret,
            )

    async def was_sent(self, to: str, last_part: str, since: datetime) -> str | None:
        """The SID of a message to this person that begins with these words, sent since then.

        An earlier one with the same words counts too: then the person has read them all the same.
        """
        wanted = _words(last_part)
        after = (since - _CLOCKS_DIFFER).astimezone(UTC)
        for row in await self._listed(to=to, date_sent_after=after, limit=_RECENT):
            inbound = (row.direction or "").startswith("inbound")
            if row.sid and wanted and not inbound and _words(row.body or "").startswith(wanted):
                return str(row.sid)
        return None

    async def _listed(self, **parameters: Any) -> list[Any]:  # noqa: ANN401 -- the SDK's rows
        client = await self.client()
        from channels.twilio_http import TwilioException, translate

        try:
            return await client.messages.list_async(page_size=_PAGE, **parameters)
        except TwilioException as error:
            raise translate(error) from error

    async def close(self) -> None:
        """Close the connections; the next call makes new ones."""
        http, self._http, self._client = self._http, None, None
        if http is not None:
            await http.close()


class TwilioWhatsApp:
    """WhatsApp.

    Buttons and lists need contents that exist at Twilio: `contents` has their SIDs by name, and may
    be filled later, as `approved` may, which has what leaves when the person wrote a day ago or
    longer. What is not in `contents` becomes numbered lines.
    """

    name = ChannelName.WHATSAPP
    capabilities = WHATSAPP_CAN

    def __init__(
        self,
        account: TwilioAccount,
        number: str,
        contents: Mapping[str, str],
        approved: Mapping[tuple[str, Tag], Approved] = MappingProxyType({}),
    ) -> None:
        self._account = account
        self._from = _whatsapp(number)
        self._contents = contents
        self._approved = approved
        self._progress = Progress()

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """See `Channel`."""
        return self._account.receive(request, now)

    async def send(self, message: OutboundMessage) -> str:
        """See `Channel`. A message in several parts goes on where an earlier attempt ended."""
        if not message.window_open:
            return await self._send_approved(message)
        to = _whatsapp(message.to.id)

        async def send_part(form: Mapping[str, str]) -> str:
            try:
                return await self._account.create(message.id, to=to, from_=self._from, **form)
            except Permanent as error:
                if type(error) is not Permanent or form.keys() == {"body"}:
                    raise
            # The content is gone, or Twilio does not like it: the words must arrive all the same.
            body = _with_address(form) if "media_url" in form else plain
            return await self._account.create(message.id, to=to, from_=self._from, body=body)

        *_, last = self._parts(message)
        plain = numbered(last.text, last.buttons or last.rows)
        return await self._progress.send(message.id, self._forms(message), send_part)

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """See `Channel`."""
        last = self._parts(message)[-1]
        return await self._account.was_sent(_whatsapp(message.to.id), last.text, since)

    async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        """See `Channel`."""
        async for found in self._account.missed(self._from, since):
            yield found

    async def acknowledge(self) -> None:
        """Twilio expects nothing."""

    async def close(self) -> None:
        """See `Channel`."""
        await self._account.close()

    async def _send_approved(self, message: OutboundMessage) -> str:
        """Say it with a content that WhatsApp lets through; raises `OutsideWindow` without one."""
        content = self._approved.get((message.template, message.tag))
        filled = content.variables(message.text) if content is not None else None
        if content is None or filled is None:
            raise OutsideWindow
        return await self._account.create(
            message.id,
            to=_whatsapp(message.to.id),
            from_=self._from,
            content_sid=content.sid,
            content_variables=filled,
        )

    def _parts(self, message: OutboundMessage) -> tuple[Part, ...]:
        return present(message.text, message.options, self.capabilities, message.attached)

    def _forms(self, message: OutboundMessage) -> list[Mapping[str, str]]:
        *before, last = self._parts(message)
        return [_form(part) for part in before] + self._last(last, message)

    def _last(self, part: Part, message: OutboundMessage) -> list[Mapping[str, str]]:
        """The part with the options: as a content where one exists, else as numbered lines."""
        options = part.buttons or part.rows
        if not options:
            return [_form(part)]
        lines = menu_lines(part.text)
        sid = part.buttons and self._contents.get(buttons_name(len(options), len(lines)))
        sid = sid or self._contents.get(rows_name(len(options), len(lines), message.tag))
        if sid:
            return [{"content_sid": sid, "content_variables": variables(lines, options)}]
        text = numbered(part.text, message.options)
        return [{"body": it} for it in divide(text, self.capabilities.longest_text)]


class TwilioSms:
    """SMS through Twilio."""

    name = ChannelName.SMS
    capabilities = SMS_CAN

    def __init__(self, account: TwilioAccount, number: str) -> None:
        self._account = account
        self._from = number
        self._progress = Progress()

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """See `Channel`."""
        return self._account.receive(request, now)

    async def send(self, message: OutboundMessage) -> str:
        """See `Channel`."""

        async def send_part(part: Part) -> str:
            return await self._account.create(
                message.id, to=message.to.id, from_=self._from, body=part.text
            )

        parts = present(message.text, message.options, self.capabilities)
        return await self._progress.send(message.id, parts, send_part)

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """See `Channel`."""
        last = present(message.text, message.options, self.capabilities)[-1]
        return await self._account.was_sent(message.to.id, last.text, since)

    async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        """See `Channel`."""
        async for found in self._account.missed(self._from, since):
            yield found

    async def acknowledge(self) -> None:
        """Twilio expects nothing."""

    async def close(self) -> None:
        """See `Channel`."""
        await self._account.close()


def _whatsapp(number: str) -> str:
    return f"whatsapp:{number.removeprefix('whatsapp:')}"


def _form(part: Part) -> Mapping[str, str]:
    """A part without options; the words under a paper may be none."""
    words = {"body": part.text} if part.text else {}
    return {"media_url": part.paper.url, **words} if part.paper else words


def _with_address(form: Mapping[str, str]) -> str:
    """A paper that cannot be sent, as words: where it is to be had."""
    return "\n".join(filter(None, (form.get("body"), form["media_url"])))


def _words(text: str) -> str:
    """The text without differences of white space, which a content does not keep."""
    return " ".join(text.split())
