"""Payment over HTTP: short links, the way back, and the gateway's bell."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from app.payment_routes import add_payment_routes
from models.bill import IST
from models.message import HINDI
from models.money import Money
from models.words import Name
from storage.store import Store
from storage.tables import audit, gateway_event, payment_link
from tests.integration.payment_world import K, PaymentWorld, account
from voice.voice import Company, Voice

Client = TestClient[web.Request, web.Application]

COMPANY = Company("AVVNL", Name("Ajmer Vidyut Vitran Nigam", "अजमेर विद्युत वितरण निगम"), "1912")
HOOK = "/webhooks/razorpay"


@pytest_asyncio.fixture
async def world(store: Store) -> PaymentWorld:
    world = PaymentWorld(store)
    await world.settle_in()
    return world


@pytest_asyncio.fixture
async def client(world: PaymentWorld) -> AsyncIterator[Client]:
    app = web.Application(client_max_size=1 << 20)
    add_payment_routes(app, world.desk, Voice(COMPANY), lambda: world.now)
    async with TestClient(TestServer(app)) as client:
        yield client


async def read(client: Client, path: str) -> tuple[int, str, str]:
    """Status, text and where it leads."""
    answer = await client.get(path, allow_redirects=False)
    return answer.status, await answer.text(), answer.headers.get("Location", "")


async def code(world: PaymentWorld) -> str:
    return (await world.ask()).url[-8:]


async def test_a_payable_link_leads_to_the_gateway_and_changes_nothing(
    world: PaymentWorld, client: Client
) -> None:
    path = f"/p/{await code(world)}"
    before = await world.store.read(lambda db: db.execute(select(payment_link)).all())
    told = await world.store.read(lambda db: db.execute(select(audit)).all())

    answers = [await read(client, path) for _ in range(5)]

    assert {(status, where) for status, _, where in answers} == {
        (303, "https://gateway.example/plink_1")
    }
    assert await world.store.read(lambda db: db.execute(select(payment_link)).all()) == before
    assert await world.store.read(lambda db: db.execute(select(audit)).all()) == told


async def test_a_code_typed_by_hand_is_read(world: PaymentWorld, client: Client) -> None:
    typed = (await code(world)).lower().replace("0", "o").replace("1", "l")

    assert (await read(client, f"/p/{typed}"))[0] == 303


async def test_an_unknown_code_is_not_found_in_both_languages(
    world: PaymentWorld, client: Client
) -> None:
    status, text, _ = await read(client, "/p/00000000")

    assert status == 404
    assert 'lang="hi"' in text
    assert 'lang="en"' in text
    assert "There is no such payment link" in text


async def test_a_paid_link_shows_the_receipt(world: PaymentWorld, client: Client) -> None:
    path = f"/p/{await code(world)}"
    world.gateway.pay("plink_1")
    await world.hear()

    status, text, _ = await read(client, path)

    assert status == 200
    assert "₹1,240" in text
    assert (await world.receipts())[0][0] in text
    assert "<script" not in text


async def test_the_page_speaks_the_payers_language(world: PaymentWorld, client: Client) -> None:
    asked = await world.desk.ask(
        (account(K),), None, conversation_id=world.talk, tag=HINDI, key="m", now=world.now
    )
    world.gateway.pay("plink_1")
    await world.hear()

    _, text, _ = await read(client, f"/p/{asked.url[-8:]}")

    assert '<html lang="hi">' in text
    assert "रसीद" in text


async def test_a_replaced_link_leads_to_the_newer_one(world: PaymentWorld, client: Client) -> None:
    old = await code(world)
    new = (await world.ask(Money(50_000))).url[-8:]

    status, text, _ = await read(client, f"/p/{old}")
    posted = await client.post(f"/p/{old}", allow_redirects=False)

    assert status == 200
    assert f'href="/p/{new}"' in text
    assert posted.headers["Location"] == f"/p/{new}"
    assert await world.states() == ["cancelled", "asked"]


async def test_an_expired_link_has_a_button_for_a_new_one(
    world: PaymentWorld, client: Client
) -> None:
    old = await code(world)
    world.now = datetime(2026, 12, 6, 9, tzinfo=IST)

    status, text, _ = await read(client, f"/p/{old}")
    posted = await client.post(f"/p/{old}", allow_redirects=False)
    again = await client.post(f"/p/{old}", allow_redirects=False)

    assert status == 200
    assert f'<form method="post" action="/p/{old}">' in text
    assert posted.status == 303
    assert posted.headers["Location"] == "https://gateway.example/plink_2"
    assert again.headers["Location"].startswith("/p/")
    assert await world.states() == ["expired", "asked"]


async def test_a_new_link_waits_for_the_gateway_politely(
    world: PaymentWorld, client: Client
) -> None:
    old = await code(world)
    world.now = datetime(2026, 12, 6, 9, tzinfo=IST)
    world.gateway.down = 1

    answer = await client.post(f"/p/{old}", allow_redirects=False)

    assert answer.status == 503
    assert "does not answer" in await answer.text()


async def test_coming_back_is_a_bell_too(world: PaymentWorld, client: Client) -> None:
    await world.ask()
    world.gateway.pay("plink_1")
    signature = world.gateway.sign(b"plink_1")

    status, text, _ = await read(client, f"/pay/return?link_id=plink_1&signature={signature}")

    assert status == 200
    assert await world.states() == ["paid"]
    assert "₹1,240" in text
    assert len(await world.said()) == 1


async def test_coming_back_while_the_gateway_is_silent_asks_for_patience(
    world: PaymentWorld, client: Client
) -> None:
    await world.ask()
    world.gateway.down = 1
    signature = world.gateway.sign(b"plink_1")

    status, text, _ = await read(client, f"/pay/return?link_id=plink_1&signature={signature}")

    assert status == 200
    assert "not confirmed yet" in text


async def test_coming_back_unsigned_is_forbidden_and_changes_nothing(
    world: PaymentWorld, client: Client
) -> None:
    await world.ask()
    world.gateway.pay("plink_1")

    assert (await read(client, "/pay/return?link_id=plink_1&signature=no"))[0] == 403
    assert (await read(client, "/pay/return"))[0] == 403
    assert await world.states() == ["asked"]


async def test_the_bell_is_answered_at_once_and_stored_once(
    world: PaymentWorld, client: Client
) -> None:
    await world.ask()
    world.gateway.pay("plink_1")
    headers, body = world.gateway.webhook(world.gateway.rung[0])

    answers = [await client.post(HOOK, data=body, headers=headers) for _ in range(3)]

    assert [(it.status, await it.text()) for it in answers] == [(200, "{}")] * 3
    assert len(await world.store.read(lambda db: db.execute(select(gateway_event)).all())) == 1
    await world.desk.answer_rings(world.now)
    await world.desk.answer_rings(world.now + timedelta(hours=1))
    assert await world.states() == ["paid"]
    assert len(await world.said()) == 1


async def test_a_bad_ring_leaves_nothing(world: PaymentWorld, client: Client) -> None:
    signed = {"signature": world.gateway.sign(b"[]")}

    large = await client.post(HOOK, data=io.BytesIO(bytes((1 << 20) + 1)), headers=signed)
    forged = await client.post(HOOK, data=b"{}", headers=signed)
    unsigned = await client.post(HOOK, data=b"[]")
    malformed = await client.post(HOOK, data=b"[]", headers=signed)

    assert [it.status for it in (large, forged, unsigned, malformed)] == [413, 403, 403, 400]
    assert not await world.store.read(lambda db: db.execute(select(gateway_event)).all())
