"""Receipts by e-mail: to those who read there, of what is theirs, once."""

from __future__ import annotations

import json
from datetime import date

import pytest
import pytest_asyncio
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from app.letters import SpokenMailer
from app.payment_records import StoredPayments
from app.tokens import Tokens
from models.k_number import KNumber
from models.message import ENGLISH, HINDI
from models.money import Money
from models.words import Name, Say, Word
from payments.desk import PaymentDesk
from storage import emails
from storage.seals import Seals
from storage.store import Store
from storage.tables import consumer, conversation, outbox, person, proof, saved_k_number
from tests.integration.payment_world import OTHER_K, K, PaymentWorld, PlainHerald
from voice.voice import Company, Voice

SEALS = Seals([b"k" * 32])
VOICE = Voice(Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912"))


@pytest_asyncio.fixture
async def world(store: Store) -> PaymentWorld:
    world = PaymentWorld(store)
    await world.settle_in()
    return world


A_MOBILE = 7  # the id of a phone


def save(db: Connection, whose: int, k: KNumber, shown: str) -> None:
    row = {"person_id": whose, "k_number": int(k), "saved_at": 0}
    db.execute(insert(saved_k_number), row)
    known = {"k_number": int(k), "mobile_id": A_MOBILE, "name": "Ram", "category": "LT-1"}
    more = {"office_code": "AJC-101", "status": "active"}
    db.execute(insert(consumer).on_conflict_do_nothing(), {**known, **more})
    if shown == "by a code":
        shown_by = {"person_id": whose, "k_number": int(k), "phone_id": A_MOBILE, "at": 0}
        db.execute(insert(proof), shown_by)
    elif shown == "by the mobile":
        db.execute(update(person).where(person.c.id == whose).values(phone_id=A_MOBILE))


async def reader(
    world: PaymentWorld,
    *saved: KNumber,
    confirmed: bool = True,
    talk: int | None = None,
    shown: str = "by a code",
) -> int:
    """Somebody with an e-mail address, and these K-numbers saved; the id of the address."""
    made = insert(person).values(created_at=0).returning(person.c.id)
    whose = int(await world.store.write(lambda db: db.execute(made).scalar_one()))
    if talk is not None:
        move = conversation.update().where(conversation.c.id == talk).values(person_id=whose)
        await world.store.write(lambda db: db.execute(move))
    for k in saved:
        await world.store.write(save, whose, k, shown)
    address = f"reader{whose}@example.in"
    email_id = await world.store.write(emails.name_email, SEALS, whose, address, HINDI, world.now)
    if confirmed:
        await world.store.write(emails.confirm, email_id, world.now)
    return email_id


async def mails(world: PaymentWorld) -> list[tuple[str, str, str]]:
    """The address, the sum in paise and the words of every mail that waits to be sent."""
    query = (
        select(conversation.c.external_id, outbox.c.body)
        .join(conversation, conversation.c.id == outbox.c.conversation_id)
        .where(conversation.c.channel == "email")
        .order_by(outbox.c.id)
    )
    rows = await world.store.read(lambda db: db.execute(query).all())
    bodies = [(row.external_id, json.loads(row.body)) for row in rows]
    return [(to, body["subject"], body["text"]) for to, body in bodies]


async def pay(world: PaymentWorld) -> None:
    world.gateway.pay("plink_1")
    await world.hear()


async def test_who_asked_for_the_link_reads_the_receipt_there_too(world: PaymentWorld) -> None:
    email_id = await reader(world, talk=world.talk)
    await world.ask()

    await pay(world)

    ((to, paise, text),) = await mails(world)
    assert (to, paise) == (str(email_id), "124000")
    assert "payment-received" in text
    assert len(await world.said()) == 2  # and on WhatsApp, as before


@pytest.mark.parametrize("shown", ["by a code", "by the mobile"])
async def test_who_saved_the_connection_reads_the_receipt(world: PaymentWorld, shown: str) -> None:
    await reader(world, confirmed=False)  # the first person is the one who asks
    email_id = await reader(world, K, shown=shown)
    await reader(world, OTHER_K)
    await world.ask()

    await pay(world)

    assert [to for to, _, _ in await mails(world)] == [str(email_id)]


async def test_who_saved_another_s_connection_for_paying_is_not_told_when_it_pays(
    world: PaymentWorld,
) -> None:
    await reader(world, confirmed=False)  # the first person is the one who asks
    await reader(world, K, shown="never")
    await world.ask()

    await pay(world)

    assert await mails(world) == []


async def test_who_asked_and_saved_reads_it_once(world: PaymentWorld) -> None:
    await reader(world, K, talk=world.talk)
    await world.ask()

    await pay(world)

    assert len(await mails(world)) == 1


@pytest.mark.parametrize("stopped", [False, True])
async def test_an_address_that_does_not_count_reads_nothing(
    world: PaymentWorld, *, stopped: bool
) -> None:
    email_id = await reader(world, K, confirmed=stopped)
    if stopped:
        await world.store.write(emails.stop, email_id, emails.UNSUBSCRIBED, world.now)
    await world.ask()

    await pay(world)

    assert await mails(world) == []


async def test_an_event_that_comes_again_sends_nothing_again(world: PaymentWorld) -> None:
    await reader(world, K)
    await world.ask()
    await pay(world)

    await world.hear()
    await world.desk.receive(*world.gateway.webhook(world.gateway.rung[0]), world.now)
    await world.desk.answer_rings(world.now)

    assert len(await mails(world)) == 1


async def test_money_that_came_twice_is_no_receipt(world: PaymentWorld) -> None:
    await reader(world, K)
    await world.ask()
    first, second = world.gateway.begin("plink_1"), world.gateway.begin("plink_1")
    world.gateway.capture(first)
    await world.hear()
    world.gateway.capture(second)
    await world.hear()

    assert len(await mails(world)) == 1
    assert "payment-duplicate" in (await world.said())[-1]


async def test_where_e_mail_is_off_nobody_waits_for_one(store: Store) -> None:
    world = PaymentWorld(store)
    await world.settle_in()
    world.desk = PaymentDesk(
        world.gateway,
        StoredPayments(store, "serve-1", mails=False),
        PlainHerald(),
        public_url="https://b.example",
        wake=lambda: None,
    )
    await reader(world, K)
    await world.ask()

    await pay(world)

    assert await mails(world) == []
    assert len(await world.said()) == 1


async def test_a_receipt_names_the_sum_in_its_subject_and_why_it_comes() -> None:
    mailer = SpokenMailer(VOICE, Tokens([b"k" * 32]), "https://b.example")
    facts: dict[str, Word] = {
        "amount": Money(124_000),
        "k": K,
        "date": date(2026, 12, 1),
        "receipt": "PAY-1",
    }

    written = mailer.receipt(
        (Say("payment-received", facts),), Money(124_000), ENGLISH, 7, ("PAY-1",)
    )

    body = json.loads(written)
    assert body["subject"] == "₹1,240 received for your electricity bill"
    receipt, why = body["text"].split("\n\n")
    assert receipt == VOICE.say(Say("payment-received", facts), ENGLISH)
    assert why.startswith("You get this e-mail because")
    assert body["attached"] == [["receipt:en/PAY-1", "PAY-1.pdf", "application/pdf"]]
    assert body["unsubscribe"].startswith("https://b.example/u/")
