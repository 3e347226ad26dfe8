"""E-mail addresses: named, confirmed on a page, written to, stopped; none is ever in sight."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from app.letters import CONFIRM, UNSUBSCRIBE, SpokenMailer
from app.mail_routes import add_mail_routes
from app.stored_outbox import StoredOutbox
from app.tokens import Tokens
from models.message import (
    ENGLISH,
    HINDI,
    TAGS,
    Address,
    ChannelName,
    DeliveryState,
    Phone,
    Tag,
)
from models.words import Name
from storage import emails, outbox
from storage.people import person_for
from storage.seals import Seals
from storage.store import Store
from storage.tables import audit, conversation, email, person
from voice.voice import Company, Voice

KEY, NEXT_KEY = b"k" * 32, b"n" * 32
SEALS, TOKENS = Seals([KEY]), Tokens([KEY])
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ADDRESS = "asha.sharma@example.in"
COMPANY = Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912")
VOICE = Voice(COMPANY)
MAILER = SpokenMailer(VOICE, TOKENS, "https://b.example")

Client = TestClient[web.Request, web.Application]


@pytest_asyncio.fixture
async def asha(store: Store) -> int:
    """Somebody who wrote to us."""
    address = Address(ChannelName.SMS, Phone("+919829012345"))
    _, person_id = await store.write(person_for, SEALS, address, int(NOW.timestamp() * 1000))
    return person_id


async def name(store: Store, asha: int, address: str = ADDRESS, tag: Tag = HINDI) -> int:
    return await store.write(emails.name_email, SEALS, asha, address, tag, NOW)


async def confirmed_at(store: Store, asha: int) -> int | None:
    query = select(person.c.email_confirmed_at).where(person.c.id == asha)
    at: int | None = await store.read(lambda db: db.execute(query).scalar_one())
    return at


async def reasons(store: Store) -> list[str]:
    query = select(email.c.reason).order_by(email.c.id)
    return await store.read(lambda db: list(db.execute(query).scalars()))


async def test_an_address_is_sealed_and_written_to_where_it_is(store: Store, asha: int) -> None:
    email_id = await name(store, asha)

    row = await store.read(lambda db: db.execute(select(email)).one())
    talk = await store.read(
        lambda db: db.execute(select(conversation).where(conversation.c.channel == "email")).one()
    )
    assert ADDRESS.encode() not in row.sealed
    assert (talk.external_id, talk.person_id) == (str(email_id), asha)
    letter = MAILER.confirmation(email_id, HINDI, NOW)
    put = await store.write(outbox.put, talk.id, letter, NOW, None)
    (waiting,) = await store.read(outbox.load, SEALS, [put], NOW)
    assert waiting.message.to == Address(ChannelName.EMAIL, ADDRESS)


async def test_an_address_counts_once_it_is_confirmed(store: Store, asha: int) -> None:
    email_id = await name(store, asha)
    assert await store.read(emails.confirmed_of, asha) is None

    assert await store.write(emails.confirm, email_id, NOW)

    found = await store.read(emails.confirmed_of, asha)
    assert found is not None
    assert (found[0], found[2]) == (email_id, HINDI)
    assert await confirmed_at(store, asha) == NOW.timestamp() * 1000


async def test_confirming_twice_is_confirming_once(store: Store, asha: int) -> None:
    email_id = await name(store, asha)
    await store.write(emails.confirm, email_id, NOW)
    before = await store.read(lambda db: db.execute(select(audit)).all())

    assert await store.write(emails.confirm, email_id, NOW + timedelta(days=1))

    assert await confirmed_at(store, asha) == NOW.timestamp() * 1000
    assert await store.read(lambda db: db.execute(select(audit)).all()) == before


async def test_the_address_before_counts_until_the_next_is_confirmed(
    store: Store, asha: int
) -> None:
    old = await name(store, asha, "old@example.in")
    await store.write(emails.confirm, old, NOW)
    new = await name(store, asha, "new@example.in")
    before = await store.read(emails.confirmed_of, asha)

    await store.write(emails.confirm, new, NOW)

    after = await store.read(emails.confirmed_of, asha)
    assert before is not None
    assert after is not None
    assert (before[0], after[0]) == (old, new)
    assert await reasons(store) == ["replaced", ""]


async def test_of_two_addresses_that_nobody_confirmed_the_newest_can_be(
    store: Store, asha: int
) -> None:
    first, second = await name(store, asha, "a@example.in"), await name(store, asha, "b@example.in")

    assert not await store.write(emails.confirm, first, NOW)
    assert await store.write(emails.confirm, second, NOW)


async def test_one_that_is_stopped_counts_no_more(store: Store, asha: int) -> None:
    email_id = await name(store, asha)
    await store.write(emails.confirm, email_id, NOW)

    for _ in range(2):
        await store.write(emails.stop, email_id, emails.UNSUBSCRIBED, NOW)

    assert await store.read(emails.confirmed_of, asha) is None
    assert await confirmed_at(store, asha) is None
    assert not await store.write(emails.confirm, email_id, NOW)


async def test_stopping_one_that_never_counted_leaves_the_one_that_does(
    store: Store, asha: int
) -> None:
    counts = await name(store, asha, "a@example.in")
    await store.write(emails.confirm, counts, NOW)
    other = await name(store, asha, "b@example.in")

    await store.write(emails.stop, other, emails.UNSUBSCRIBED, NOW)

    found = await store.read(emails.confirmed_of, asha)
    assert found is not None
    assert found[0] == counts
    assert await confirmed_at(store, asha) is not None


async def test_an_address_nobody_knows_is_neither_confirmed_nor_stopped(store: Store) -> None:
    assert not await store.write(emails.confirm, 4711, NOW)
    await store.write(emails.stop, 4711, emails.UNSUBSCRIBED, NOW)

    assert await store.read(lambda db: db.execute(select(audit)).all()) == []


async def test_the_story_of_an_address_does_not_tell_it(store: Store, asha: int) -> None:
    email_id = await name(store, asha)
    await store.write(emails.confirm, email_id, NOW)
    await store.write(emails.stop, email_id, emails.UNSUBSCRIBED, NOW)

    rows = await store.read(lambda db: db.execute(select(audit).order_by(audit.c.id)).all())
    assert [row.subject for row in rows] == [f"person:{asha}"] * 3
    assert not [row for row in rows if "@" in row.sentence]


async def test_a_new_master_key_takes_addresses_over(store: Store, asha: int) -> None:
    email_id = await name(store, asha)

    last = await store.write(emails.reseal, Seals([NEXT_KEY, KEY]), 0, 500)

    assert last == email_id
    sealed = await store.read(lambda db: db.execute(select(email.c.sealed)).scalar_one())
    assert Seals([NEXT_KEY]).unseal_text(sealed) == ADDRESS
    assert await store.write(emails.reseal, Seals([NEXT_KEY, KEY]), last, 500) is None


async def letter_to(store: Store, asha: int) -> tuple[int, int]:
    """A confirmed address, and a letter on its way there."""
    email_id = await name(store, asha)
    await store.write(emails.confirm, email_id, NOW)
    found = await store.read(emails.confirmed_of, asha)
    assert found is not None
    body = outbox.body("Hello", (), ENGLISH)
    return email_id, await store.write(outbox.put, found[1], body, NOW, None)


@pytest.mark.parametrize(
    ("state", "reason", "counts"),
    [
        (DeliveryState.FAILED, "unreachable: smtp 550 5.1.1", False),
        (DeliveryState.FAILED, "misconfigured: smtp 554 5.7.1", True),
        (DeliveryState.FAILED, "refused: smtp 552", True),
        (DeliveryState.UNKNOWN, "unknown: smtp silent", True),
    ],
)
async def test_only_an_address_that_does_not_exist_is_given_up(
    store: Store, asha: int, *, state: DeliveryState, reason: str, counts: bool
) -> None:
    _, message = await letter_to(store, asha)

    await StoredOutbox(store, lambda: NOW, {}).stopped(message, state, reason)

    assert bool(await store.read(emails.confirmed_of, asha)) is counts
    assert await reasons(store) == ["" if counts else "bounced"]


async def test_an_sms_that_reaches_nobody_stops_no_address(store: Store, asha: int) -> None:
    await letter_to(store, asha)
    talk = await store.read(
        lambda db: db.execute(
            select(conversation.c.id).where(conversation.c.channel == "sms")
        ).scalar_one()
    )
    sms = await store.write(outbox.put, talk, outbox.body("Hello", (), ENGLISH), NOW, None)

    await StoredOutbox(store, lambda: NOW, {}).stopped(sms, DeliveryState.FAILED, "unreachable: x")

    assert await store.read(emails.confirmed_of, asha) is not None


class Clock:
    """The time, as tests turn it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def client(store: Store, clock: Clock) -> AsyncIterator[Client]:
    app = web.Application()
    add_mail_routes(app, store, TOKENS, VOICE, clock)
    async with TestClient(TestServer(app)) as client:
        yield client


async def read(client: Client, path: str) -> tuple[int, str]:
    async with client.get(path, allow_redirects=False) as answer:
        return answer.status, await answer.text()


async def press(client: Client, path: str, **form: str) -> tuple[int, str]:
    async with client.post(path, data=form, allow_redirects=False) as answer:
        return answer.status, await answer.text()


def links(email_id: int, tag: Tag = HINDI) -> dict[str, str]:
    """The paths in the letter, by their kind."""
    found = re.findall(r"https://b\.example(/(\w)/[\w-]+)", MAILER.confirmation(email_id, tag, NOW))
    return {kind: path for path, kind in found}


async def test_looking_at_the_link_confirms_nothing_and_the_button_does(
    store: Store, asha: int, client: Client
) -> None:
    email_id = await name(store, asha)
    path = links(email_id)[CONFIRM]

    looked = [await read(client, path) for _ in range(3)]
    before = await store.read(emails.confirmed_of, asha)
    status, text = await press(client, path)

    assert {status for status, _ in looked} == {200}
    assert '<form method="post">' in looked[0][1]
    assert '<html lang="hi">' in looked[0][1]
    assert before is None
    assert status == 200
    assert "पक्का हो गया" in text
    assert await store.read(emails.confirmed_of, asha) is not None


async def test_pressing_again_says_the_same(store: Store, asha: int, client: Client) -> None:
    path = links(await name(store, asha, tag=ENGLISH))[CONFIRM]

    pressed = [await press(client, path) for _ in range(2)]
    status, text = await read(client, path)

    assert pressed[0] == pressed[1]
    assert status == 200
    assert "The e-mail address is confirmed." in text
    assert "<form" not in text


async def test_after_seven_days_the_page_says_how_to_get_a_new_link(
    store: Store, asha: int, client: Client, clock: Clock
) -> None:
    path = links(await name(store, asha))[CONFIRM]
    clock.now = NOW + timedelta(days=7)

    for status, text in (await read(client, path), await press(client, path)):
        assert status == 404
        assert "EMAIL naam@example.in" in text
        assert 'lang="hi"' in text
        assert 'lang="en"' in text
    assert await store.read(emails.confirmed_of, asha) is None


async def test_a_link_to_an_address_that_was_replaced_confirms_nothing(
    store: Store, asha: int, client: Client
) -> None:
    path = links(await name(store, asha, "a@example.in"))[CONFIRM]
    await name(store, asha, "b@example.in")

    assert (await read(client, path))[0] == 404
    assert (await press(client, path))[0] == 404
    assert await store.read(emails.confirmed_of, asha) is None


async def test_nobody_else_can_make_a_link(store: Store, asha: int, client: Client) -> None:
    email_id = await name(store, asha)
    confirm, unsubscribe = links(email_id)[CONFIRM], links(email_id)[UNSUBSCRIBE]
    forged = Tokens([b"x" * 32]).make(CONFIRM, email_id, None)
    swapped = (confirm.replace("/e/", "/u/"), unsubscribe.replace("/u/", "/e/"))

    for path in (f"/e/{forged}", f"/u/{forged}", "/e/x", "/u/%00", confirm[:-1] + "!", *swapped):
        assert (await read(client, path))[0] == 404
        assert (await press(client, path))[0] == 404
    assert await reasons(store) == [""]


async def test_looking_at_the_end_of_mails_ends_nothing(
    store: Store, asha: int, client: Client
) -> None:
    email_id, _ = await letter_to(store, asha)

    status, text = await read(client, links(email_id)[UNSUBSCRIBE])

    assert status == 200
    assert '<form method="post">' in text
    assert await store.read(emails.confirmed_of, asha) is not None


@pytest.mark.parametrize("form", [{"List-Unsubscribe": "One-Click"}, {}])
async def test_one_click_ends_the_mails_at_once_and_for_ever(
    store: Store, asha: int, client: Client, clock: Clock, form: dict[str, str]
) -> None:
    email_id, _ = await letter_to(store, asha)
    clock.now = NOW + timedelta(days=3650)

    pressed = [await press(client, links(email_id)[UNSUBSCRIBE], **form) for _ in range(2)]

    assert [status for status, _ in pressed] == [200, 200]
    assert "कोई ई-मेल नहीं आएगा" in pressed[0][1]
    assert "EMAIL" in pressed[0][1]
    assert await store.read(emails.confirmed_of, asha) is None
    assert await reasons(store) == ["unsubscribed"]


async def test_mails_to_somebody_forgotten_are_ended_without_a_question(client: Client) -> None:
    path = f"/u/{TOKENS.make(UNSUBSCRIBE, 4711, None)}"

    assert (await read(client, path))[0] == 200
    assert (await press(client, path))[0] == 200


async def test_a_page_runs_nothing_loads_nothing_and_is_kept_nowhere(client: Client) -> None:
    async with client.get("/e/x") as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "<script" not in await answer.text()


@pytest.mark.parametrize("tag", TAGS)
async def test_the_pages_speak_every_language(
    store: Store, asha: int, client: Client, tag: Tag
) -> None:
    path = links(await name(store, asha, tag=tag))[CONFIRM]

    _, text = await read(client, path)

    assert f'<html lang="{tag}">' in text
    assert "{" not in text.partition("</style>")[2]
