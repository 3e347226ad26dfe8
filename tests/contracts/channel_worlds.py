"""Each channel with its provider, driven alike: a person at one end, our adapter at the other."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from aiohttp import web
from multidict import CIMultiDict

from channels.channel import Channel, WebhookRequest
from channels.email import Email, EmailSettings
from channels.email_letter import EmailWords
from channels.telegram import (
    SECRET_HEADER,
    WEBHOOK_PATH,
    Telegram,
    TelegramSettings,
    TelegramWords,
)
from channels.twilio import TwilioAccount, TwilioSettings, TwilioSms, TwilioWhatsApp
from channels.twilio_content import Menus, TwilioContent
from models.errors import Permanent, PersonUnreachable, Temporary, Unknown
from models.message import ENGLISH, HINDI, Address, ChannelName
from simulators.faults import Fault
from simulators.phone import SMS, TELEGRAM, WHATSAPP, Bubble
from simulators.running import Listening
from simulators.smtp import MailServer, Verdict
from simulators.telegram import Telegram as TelegramProvider
from simulators.telegram_chats import DEMO_SECRET
from simulators.telegram_chats import DEMO_TOKEN as TELEGRAM_TOKEN
from simulators.telegram_updates import TelegramPerson
from simulators.twilio import DEMO_ACCOUNT, DEMO_SMS, DEMO_TOKEN, DEMO_WHATSAPP, Twilio
from simulators.twilio_forms import Tap
from tests.fakes.channel import SECRET, FakeChannel

PERSON = "+919829012345"
MAILBOX = "asha@example.in"
MAIL_WORDS = {
    ENGLISH: EmailWords("Ajmer Discom", "A message", "Nobody reads this", "Privacy", "Stop"),
    HINDI: EmailWords("अजमेर डिस्कॉम", "एक संदेश", "इसे कोई नहीं पढ़ता", "निजता", "बंद करें"),
}
SOME_MENUS = Menus.model_validate(
    {
        "buttons": {"options": 3, "lines": 2},
        "rows": {"options": 10, "lines": 2, "opener": {"en": "Choose", "hi": "चुनें"}},
    }
)


class Webhooks:
    """A server that keeps what providers post to it."""

    def __init__(self) -> None:
        self.origin = ""
        self.requests: list[WebhookRequest] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Webhooks"]:
        """Listen on a free loopback port."""

        async def keep(request: web.Request) -> web.Response:
            body = await request.read()
            headers = CIMultiDict(request.headers)
            self.requests.append(WebhookRequest(request.raw_path, headers, body))
            return web.Response(text="{}", content_type="application/json")

        app = web.Application()
        app.router.add_route("*", "/webhooks/{rest:.*}", keep)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def take(self) -> WebhookRequest:
        """The newest that is no receipt."""
        return next(it for it in reversed(self.requests) if "/status" not in it.raw_path)

    def receipts(self) -> list[WebhookRequest]:
        """What became of messages of ours, as it came."""
        return [it for it in self.requests if "/status" in it.raw_path]


class World(Protocol):
    """A channel, its provider and one person."""

    channel: Channel
    person: Address
    lists_what_it_sent: bool
    keeps_a_record: bool
    says_who_left: bool
    offers: bool  # options are shown
    says_how_long: bool  # a provider that asks for patience names a time

    async def says(self, text: str) -> WebhookRequest:
        """The person writes; the webhook that comes of it."""

    async def taps(self, key: str, label: str) -> WebhookRequest:
        """The person taps an option they were shown."""

    def altered(self, request: WebhookRequest) -> WebhookRequest:
        """The webhook as somebody without the secret would send it."""

    def without_id(self) -> WebhookRequest:
        """A webhook that is signed and no message."""

    def seen(self) -> str:
        """All that stands on the person's phone, written by us."""

    def too_fast(self) -> None:
        """The provider asks for patience at the next call."""

    def blocks_us(self) -> None:
        """The person wants no more of us."""

    def loses_the_answer(self) -> None:
        """The next call is done, and its answer is lost."""

    async def loses_a_webhook(self, text: str) -> None:
        """The person writes, and no webhook comes."""

    async def goes_away(self) -> None:
        """From now on nobody listens at the provider's."""


class FakeWorld:
    """The fake."""

    lists_what_it_sent = True
    keeps_a_record = True
    says_who_left = True
    offers = says_how_long = True

    def __init__(self) -> None:
        self._fake = FakeChannel()
        self.channel: Channel = self._fake
        self.person = Address(ChannelName.WHATSAPP, PERSON)
        self._count = 0

    def _webhook(self, **update: str) -> WebhookRequest:
        self._count += 1
        update = {"id": f"F{self._count}", "from": PERSON, **update}
        return WebhookRequest(
            "/webhooks/fake", CIMultiDict({"X-Secret": SECRET}), json.dumps(update).encode()
        )

    async def says(self, text: str) -> WebhookRequest:
        return self._webhook(text=text)

    async def taps(self, key: str, label: str) -> WebhookRequest:
        return self._webhook(text=label, choice=key)

    def altered(self, request: WebhookRequest) -> WebhookRequest:
        return WebhookRequest(request.raw_path, CIMultiDict({"X-Secret": "guessed"}), request.body)

    def without_id(self) -> WebhookRequest:
        return WebhookRequest("/webhooks/fake", CIMultiDict({"X-Secret": SECRET}), b"{}")

    def seen(self) -> str:
        return self._fake.words()

    def too_fast(self) -> None:
        self._fake.troubles.append(Temporary(wait=1))

    def blocks_us(self) -> None:
        self._fake.troubles.append(PersonUnreachable())

    def loses_the_answer(self) -> None:
        self._fake.troubles.append(Unknown())

    async def loses_a_webhook(self, text: str) -> None:
        (message,) = self._fake.receive(await self.says(text), datetime.now(UTC))
        self._fake.on_record.append(message)  # type: ignore[arg-type]  # it is no receipt

    async def goes_away(self) -> None:
        self._fake.troubles.append(Temporary())


class TwilioWorld:
    """WhatsApp or SMS through the real SDK, against the simulator."""

    lists_what_it_sent = True
    keeps_a_record = True
    says_who_left = True
    offers = says_how_long = True

    def __init__(
        self, provider: Twilio, webhooks: Webhooks, channel: Channel, door: Listening
    ) -> None:
        self.channel = channel
        self.provider = provider
        self.webhooks = webhooks
        self.person = Address(channel.name, PERSON)
        self._on = WHATSAPP if channel.name is ChannelName.WHATSAPP else SMS
        self._door = door

    async def says(self, text: str) -> WebhookRequest:
        await self.provider.person_says(self._on, PERSON, text)
        return self.webhooks.take()

    async def taps(self, key: str, label: str) -> WebhookRequest:
        if self._on == SMS:
            return await self.says(label)
        await self.provider.person_says(self._on, PERSON, tap=Tap(key, label))
        return self.webhooks.take()

    def altered(self, request: WebhookRequest) -> WebhookRequest:
        return WebhookRequest(request.raw_path, request.headers, request.body + b"&Body=more")

    def without_id(self) -> WebhookRequest:
        from channels.twilio_signature import SIGNATURE, signature

        path = f"/webhooks/twilio/{self._on}"
        signed = signature(DEMO_TOKEN, self.webhooks.origin + path, [("Body", "बिल")])
        headers = CIMultiDict({SIGNATURE: signed.decode()})
        return WebhookRequest(path, headers, b"Body=%E0%A4%AC%E0%A4%BF%E0%A4%B2")

    def seen(self) -> str:
        ours = [it for it in self.provider.phones.on(self._on, PERSON) if it.ours]
        return "\n".join(_words(bubble) for bubble in ours)

    def too_fast(self) -> None:
        self.provider.faults.next.append(Fault.TOO_MANY)

    def blocks_us(self) -> None:
        self.provider.verdicts[PERSON] = 21610

    def loses_the_answer(self) -> None:
        self.provider.faults.next.append(Fault.LOST_ANSWER)

    async def loses_a_webhook(self, text: str) -> None:
        self.provider.lost_inbound = 1
        await self.provider.person_says(self._on, PERSON, text)

    async def goes_away(self) -> None:
        await self._door.close()
        await asyncio.sleep(0.05)  # until our end has noticed that the connections are gone


class TelegramWorld:
    """Telegram through the real SDK, against the simulator."""

    lists_what_it_sent = False
    keeps_a_record = False
    says_who_left = True
    offers = says_how_long = True

    def __init__(
        self, provider: TelegramProvider, webhooks: Webhooks, channel: Telegram, door: Listening
    ) -> None:
        self.channel: Channel = channel
        self.provider = provider
        self.webhooks = webhooks
        self.owner = TelegramPerson(4_200_000_001, "Asha", PERSON)
        self.person = Address(ChannelName.TELEGRAM, "4200000001")
        self._door = door

    async def says(self, text: str) -> WebhookRequest:
        await self.provider.says(self.owner, text)
        return self.webhooks.take()

    async def taps(self, key: str, label: str) -> WebhookRequest:
        newest = self.provider.phones.on(TELEGRAM, self.person.id)[-1]
        await self.provider.taps(self.owner, int(newest.id.rpartition(":")[2]), key)
        return self.webhooks.take()

    def altered(self, request: WebhookRequest) -> WebhookRequest:
        headers = CIMultiDict({SECRET_HEADER: "guessed"})
        return WebhookRequest(request.raw_path, headers, request.body)

    def without_id(self) -> WebhookRequest:
        return WebhookRequest(WEBHOOK_PATH, CIMultiDict({SECRET_HEADER: DEMO_SECRET}), b"{}")

    def seen(self) -> str:
        ours = [it for it in self.provider.phones.on(TELEGRAM, self.person.id) if it.ours]
        return "\n".join(_words(bubble) for bubble in ours)

    def too_fast(self) -> None:
        self.provider.faults.next.append(Fault.TOO_MANY)

    def blocks_us(self) -> None:
        self.provider.blocked.add(self.owner.id)

    def loses_the_answer(self) -> None:
        self.provider.faults.next.append(Fault.LOST_ANSWER)

    async def loses_a_webhook(self, text: str) -> None:
        self.provider.rings.held = True
        await self.provider.says(self.owner, text)

    async def goes_away(self) -> None:
        await self._door.close()
        await asyncio.sleep(0.05)  # until our end has noticed that the connections are gone


class EmailWorld:
    """E-mail through the real library, against the simulator."""

    lists_what_it_sent = False
    keeps_a_record = False
    says_who_left = True
    offers = says_how_long = False

    def __init__(self, server: MailServer, channel: Channel, papers: dict[str, bytes]) -> None:
        self.channel = channel
        self.server = server
        self.papers = papers
        self.person = Address(ChannelName.EMAIL, MAILBOX)

    async def says(self, text: str) -> WebhookRequest:
        return WebhookRequest("/", CIMultiDict(), text.encode())

    async def taps(self, key: str, label: str) -> WebhookRequest:
        return await self.says(label)

    def altered(self, request: WebhookRequest) -> WebhookRequest:
        return request

    def without_id(self) -> WebhookRequest:
        return WebhookRequest("/", CIMultiDict(), b"")

    def seen(self) -> str:
        return "\n".join(it.text.partition("\n\n-- \n")[0] for it in self.server.to(MAILBOX))

    def too_fast(self) -> None:
        self.server.verdicts[MAILBOX] = Verdict.GREYLISTED

    def blocks_us(self) -> None:
        self.server.verdicts[MAILBOX] = Verdict.NO_SUCH_USER

    def loses_the_answer(self) -> None:
        self.server.verdicts[MAILBOX] = Verdict.LOST

    async def loses_a_webhook(self, text: str) -> None:
        """There is none to lose."""

    async def goes_away(self) -> None:
        await self.server.close()


def _words(bubble: Bubble) -> str:
    labels = [button.label for row in bubble.buttons for button in row]
    return "\n".join((bubble.text, *labels, *(row.label for row in bubble.rows)))


@asynccontextmanager
async def twilio_world(name: ChannelName) -> AsyncIterator[TwilioWorld]:
    """A Twilio on loopback, and a channel of it."""
    async with AsyncExitStack() as stack:
        webhooks = await stack.enter_async_context(Webhooks().open())
        at = f"{webhooks.origin}/webhooks/twilio"
        provider = Twilio(whatsapp_url=f"{at}/whatsapp", sms_url=f"{at}/sms")
        door = await Listening.start(provider)
        stack.push_async_callback(door.close)
        account = TwilioAccount(
            TwilioSettings(DEMO_ACCOUNT, (DEMO_TOKEN,), webhooks.origin, provider.base)
        )
        if name is ChannelName.SMS:
            channel: Channel = TwilioSms(account, DEMO_SMS)
        else:
            contents = await TwilioContent(account).ensure(SOME_MENUS)
            channel = TwilioWhatsApp(account, DEMO_WHATSAPP, contents)
        stack.push_async_callback(channel.close)
        yield TwilioWorld(provider, webhooks, channel, door)


@asynccontextmanager
async def telegram_world(words: TelegramWords | None = None) -> AsyncIterator[TelegramWorld]:
    """A Telegram on loopback, and a bot of it."""
    async with AsyncExitStack() as stack:
        webhooks = await stack.enter_async_context(Webhooks().open())
        provider = TelegramProvider(webhook_url=f"{webhooks.origin}{WEBHOOK_PATH}")
        door = await Listening.start(provider)
        stack.push_async_callback(door.close)
        settings = TelegramSettings(TELEGRAM_TOKEN, DEMO_SECRET, provider.base)
        channel = Telegram(settings, words)
        stack.push_async_callback(channel.close)
        yield TelegramWorld(provider, webhooks, channel, door)


class PapersAtHand(dict[str, bytes]):
    """Papers by their address."""

    async def body(self, url: str) -> bytes:
        if url not in self:
            raise Permanent
        return self[url]


@asynccontextmanager
async def email_world(
    server: MailServer | None = None,
    *,
    security: Literal["none", "starttls", "tls"] = "none",
    sign_in: tuple[str, str] = ("", ""),
    trusts: ssl.SSLContext | None = None,
) -> AsyncIterator[EmailWorld]:
    """A mail server on loopback, and a sender that uses it."""
    server = server or MailServer()
    await server.open()
    papers = PapersAtHand()
    settings = EmailSettings(
        host="localhost",
        port=server.port,
        sender="bijli@example.org",
        public_url="https://b.example",
        username=sign_in[0],
        password=sign_in[1],
        security=security,
        tls=trusts,
    )
    channel = Email(settings, MAIL_WORDS, papers)
    try:
        yield EmailWorld(server, channel, papers)
    finally:
        await channel.close()
        await server.close()


@asynccontextmanager
async def fake_world() -> AsyncIterator[FakeWorld]:
    """The fake."""
    yield FakeWorld()


WORLDS: dict[str, Callable[[], AbstractAsyncContextManager[World]]] = {
    "fake": fake_world,
    "whatsapp": lambda: twilio_world(ChannelName.WHATSAPP),
    "sms": lambda: twilio_world(ChannelName.SMS),
    "telegram": telegram_world,
    "email": email_world,
}
DEAF = {"email"}  # where we write, and nobody is heard
LONG_AGO = timedelta(hours=1)
