"""Papers of ours arrive with their words, on every channel that shows them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from channels.channel import Channel
from channels.present import present
from models.errors import Temporary
from models.message import ENGLISH, Address, Attachment, ChannelName, OutboundMessage
from simulators.faults import Fault, Faults
from simulators.phone import Bubble, Phones
from tests.contracts.channel_worlds import PERSON, telegram_world, twilio_world

PDF = b"%PDF-1.7 " + b"x" * 991
PICTURE = b"\x89PNG" + b"x" * 96
MENU = (("pay", "Pay now"), ("bill", "Show bill"))
LONGEST_CAPTION = 1024


@asynccontextmanager
async def papers() -> AsyncIterator[str]:
    """Our `/media`, as a provider sees it; gives its address."""

    async def give(request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if token == "gone":
            raise web.HTTPNotFound
        pdf = token == "pdf"
        name = "bill.pdf" if pdf else "year.png"
        return web.Response(
            body=PDF if pdf else PICTURE,
            content_type="application/pdf" if pdf else "image/png",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )

    app = web.Application()
    app.router.add_get("/media/{token}", give)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/media"
    finally:
        await runner.cleanup()


class Chat:
    """One chat that shows papers."""

    def __init__(
        self, channel: Channel, person: Address, phones: Phones, faults: Faults, media: str
    ) -> None:
        self.channel, self.person, self.phones = channel, person, phones
        self.faults, self.media = faults, media

    def paper(self, which: str = "pdf") -> Attachment:
        kind = "image/png" if which == "png" else "application/pdf"
        return Attachment(f"{self.media}/{which}", "Bill.pdf", kind)

    def message(
        self, text: str, *papers: Attachment, options: tuple[tuple[str, str], ...] = ()
    ) -> OutboundMessage:
        return OutboundMessage(7, self.person, text, options, ENGLISH, attached=papers)

    def seen(self) -> list[Bubble]:
        on = str(self.person.channel)
        return [it for it in self.phones.on(on, self.person.id) if it.ours]

    def shown(self) -> list[tuple[str, list[str]]]:
        """The words of every message, and the kinds of its papers."""
        return [(it.text, [paper.kind for paper in it.attachments]) for it in self.seen()]


@pytest.fixture(params=["whatsapp", "telegram"])
async def chat(request: pytest.FixtureRequest) -> AsyncIterator[Chat]:
    """A person who has written first."""
    async with papers() as media:
        if request.param == "telegram":
            async with telegram_world() as telegram:
                await telegram.says("/start")
                provider = telegram.provider
                yield Chat(
                    telegram.channel, telegram.person, provider.phones, provider.faults, media
                )
        else:
            async with twilio_world(ChannelName.WHATSAPP) as whatsapp:
                await whatsapp.says("hello")
                yield Chat(
                    whatsapp.channel,
                    whatsapp.person,
                    whatsapp.provider.phones,
                    whatsapp.provider.faults,
                    media,
                )
                await whatsapp.provider.settled()


async def settled(chat: Chat) -> Bubble:
    """The newest message once the provider has fetched what belongs to it."""
    with chat.phones.watch() as watcher:
        while not any(it.size for it in chat.seen()[-1].attachments):
            assert await watcher.news(5), "the provider never fetched the paper"
    return chat.seen()[-1]


async def test_a_bill_comes_as_a_document_with_its_words(chat: Chat) -> None:
    await chat.channel.send(chat.message("आपका बिल", chat.paper()))

    bubble = await settled(chat)
    assert bubble.text == "आपका बिल"
    (paper,) = bubble.attachments
    assert (paper.kind, paper.name, paper.mime, paper.size) == (
        "document",
        "bill.pdf",
        "application/pdf",
        1000,
    )


async def test_a_chart_comes_as_a_picture(chat: Chat) -> None:
    await chat.channel.send(chat.message("One year", chat.paper("png")))

    (paper,) = (await settled(chat)).attachments
    assert (paper.kind, paper.mime, paper.size) == ("picture", "image/png", 100)


async def test_buttons_follow_the_paper_with_the_words(chat: Chat) -> None:
    await chat.channel.send(chat.message("Your bill", chat.paper(), options=MENU))

    assert chat.shown() == [("", ["document"]), ("Your bill", [])]
    assert len(chat.seen()[-1].buttons) == 2


async def test_several_papers_come_with_the_words_under_the_last(chat: Chat) -> None:
    await chat.channel.send(chat.message("Both", chat.paper(), chat.paper()))

    assert chat.shown() == [("", ["document"]), ("Both", ["document"])]


async def test_long_words_come_before_and_their_end_under_the_paper(chat: Chat) -> None:
    text = "\n\n".join(f"Paragraph {place}. " + "बिजली का बिल। " * 20 for place in range(20))

    await chat.channel.send(chat.message(text, chat.paper()))

    *before, last = chat.seen()
    assert "".join(it.text for it in (*before, last)).split() != []
    assert "".join("".join(it.text for it in (*before, last)).split()) == "".join(text.split())
    assert not any(it.attachments for it in before)
    assert len(last.attachments) == 1
    assert 0 < len(last.text) <= LONGEST_CAPTION


async def test_a_message_with_papers_goes_on_where_it_ended(chat: Chat) -> None:
    message = chat.message("Your bill", chat.paper(), chat.paper(), options=MENU)
    chat.faults.next.extend([None, Fault.TOO_MANY])  # type: ignore[list-item]  # a call that goes well
    with pytest.raises(Temporary):
        await chat.channel.send(message)

    await chat.channel.send(message)

    assert chat.shown() == [("", ["document"]), ("", ["document"]), ("Your bill", [])]


async def test_a_paper_that_telegram_cannot_fetch_leaves_its_address() -> None:
    async with papers() as media, telegram_world() as world:
        await world.says("/start")
        paper = Attachment(f"{media}/gone", "Bill.pdf", "application/pdf")
        await world.channel.send(OutboundMessage(7, world.person, "Your bill", attached=(paper,)))

        assert world.seen() == f"Your bill\n{media}/gone"


async def test_a_paper_that_whatsapp_cannot_fetch_is_reported_as_not_delivered() -> None:
    async with papers() as media, twilio_world(ChannelName.WHATSAPP) as world:
        await world.says("hello")
        paper = Attachment(f"{media}/gone", "Bill.pdf", "application/pdf")
        await world.channel.send(OutboundMessage(7, world.person, "Your bill", attached=(paper,)))
        await world.provider.settled()

        newest = world.provider.phones.on("whatsapp", PERSON)[-1]
        assert (newest.status, newest.error) == ("undelivered", "63019")


async def test_an_address_that_twilio_does_not_take_leaves_the_words() -> None:
    async with twilio_world(ChannelName.WHATSAPP) as world:
        await world.says("hello")
        paper = Attachment("ftp://x/bill", "Bill.pdf", "application/pdf")
        await world.channel.send(OutboundMessage(7, world.person, "Your bill", attached=(paper,)))

        assert world.seen() == "Your bill\nftp://x/bill"


async def test_an_sms_carries_no_paper() -> None:
    async with twilio_world(ChannelName.SMS) as world:
        paper = Attachment("https://b.example/media/x", "Bill.pdf", "application/pdf")
        message = OutboundMessage(7, world.person, "Your bill", attached=(paper,))
        await world.channel.send(message)

        assert world.seen() == "Your bill"
        assert present("Your bill", (), world.channel.capabilities, (paper,))[0].paper is None
