"""A desk over a real store and a gateway in memory, with one consumer who owes ₹1,240."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from app.payment_records import StoredPayments
from models.bill import IST
from models.consumer import Account, ConnectionStatus, Consumer
from models.k_number import KNumber
from models.message import ENGLISH, ChannelName, Tag
from models.money import Money
from models.payment import Asked
from models.words import Masked, Say
from payments.desk import PaymentDesk
from storage.store import Store
from storage.tables import (
    bill,
    collection,
    conversation,
    ledger,
    outbox,
    payment,
    payment_link,
    payment_link_part,
)
from tests.fakes.gateway import FakeGateway

K = KNumber("901010000123")
OTHER_K = KNumber("901010000124")
DUE = date(2026, 12, 5)
NOON = datetime(2026, 12, 1, 12, tzinfo=IST)
OWED, LATER = Money(124_000), Money(126_500)


class PlainHerald:
    """Writes sentences down as they are named, so that tests can read them."""

    def write(self, says: tuple[Say, ...], tag: Tag, channel: ChannelName) -> str:
        told = [f"{say.name} {_plain(say)}".strip() for say in says]
        return json.dumps({"text": "\n".join(told), "options": [], "tag": tag})

    def mail(
        self,
        says: tuple[Say, ...],
        amount: Money,
        tag: Tag,
        email_id: int,
        receipts: tuple[str, ...],
    ) -> str:
        body = self.write(says, tag, ChannelName.EMAIL)
        return json.dumps({**json.loads(body), "subject": str(amount.paise)})


def _plain(say: Say) -> str:
    return " ".join(
        f"{name}={word.paise if isinstance(word, Money) else word}"
        for name, word in sorted(say.facts.items())
        if name != "receipt"
    )


def account(k: KNumber) -> Account:
    """The consumer behind a K-number."""
    who = Consumer(
        k, Masked("Ramesh Kumar"), "LT-1", 2000, "AJC-101", "F1", ConnectionStatus.ACTIVE, None
    )
    return Account(who, None, None, None)


def add_bill(
    db: Connection,
    k: KNumber = K,
    *,
    number: str = "B1",
    month: int = 202611,
    billed_on: date = date(2026, 11, 20),
    due_on: date = DUE,
    amount: Money = OWED,
    later: Money = LATER,
) -> None:
    """A bill from the billing system."""
    row = {
        "bill_number": number,
        "k_number": int(k),
        "bill_month": month,
        "bill_date": billed_on,
        "due_date": due_on,
        "previous_reading": 0,
        "current_reading": 100,
        "units": 100,
        "amount": amount.paise,
        "amount_after_due": later.paise,
    }
    db.execute(bill.insert().values(**row))


def add_conversation(db: Connection) -> int:
    """Somebody's talk on WhatsApp."""
    row = {"channel": "whatsapp", "external_id": "x", "person_id": 1, "created_at": 0}
    found = db.execute(select(conversation.c.id)).scalars().all()
    row["external_id"] = f"x{len(found)}"
    return int(
        db.execute(conversation.insert().values(**row).returning(conversation.c.id)).scalar_one()
    )


class PaymentWorld:
    """The desk, and everything around it that a test turns or looks at."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON
        self.gateway = FakeGateway(lambda: self.now)
        self.woken = 0
        self.desk = self.open_desk()
        self.talk = 0

    async def settle_in(self) -> None:
        """Write down the consumers, their bills and one talk."""
        await self.store.write(add_bill)
        await self.store.write(add_bill, OTHER_K, number="B2", amount=Money(50_000))
        self.talk = await self.store.write(add_conversation)

    def open_desk(self) -> PaymentDesk:
        """A desk of another process over the same store and gateway."""
        return PaymentDesk(
            self.gateway,
            StoredPayments(self.store, "serve-1", mails=True),
            PlainHerald(),
            public_url="https://b.example",
            wake=self._wake,
        )

    def _wake(self) -> None:
        self.woken += 1

    async def ask(self, amount: Money | None = None, k: KNumber = K) -> Asked:
        """Somebody asks to pay."""
        return await self.ask_all(k, amount=amount)

    async def ask_all(self, *numbers: KNumber, amount: Money | None = None) -> Asked:
        """Somebody asks to pay for several at once."""
        accounts = tuple(account(k) for k in numbers)
        return await self.desk.ask(
            accounts, amount, conversation_id=self.talk, tag=ENGLISH, key="m1", now=self.now
        )

    async def hear(self) -> None:
        """Deliver every event rung so far, and have all of them answered."""
        for event in self.gateway.rung:
            await self.desk.receive(*self.gateway.webhook(event), self.now)
        await self.desk.answer_rings(self.now)

    def wait(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)

    # What is written down.

    async def links(self) -> list[tuple[str, str, int]]:
        """Code, state and sum of every link, oldest first."""
        found = await self.store.read(
            lambda db: db.execute(
                select(payment_link.c.code, payment_link.c.state, payment_link.c.amount).order_by(
                    payment_link.c.id
                )
            ).all()
        )
        return [(row.code, row.state, row.amount) for row in found]

    async def states(self) -> list[str]:
        """The state of every link, oldest first."""
        return [state for _, state, _ in await self.links()]

    async def gateway_ids(self) -> list[str]:
        """The gateway's id of every link, oldest first."""
        return await self.store.read(
            lambda db: list(
                db.execute(select(payment_link.c.gateway_id).order_by(payment_link.c.id)).scalars()
            )
        )

    async def live(self) -> int:
        """How many live links there are."""
        return await self.store.read(
            lambda db: len(
                db.execute(select(payment_link_part).where(payment_link_part.c.live)).all()
            )
        )

    async def receipts(self) -> list[tuple[str, int]]:
        """Receipt and sum of our own collections, in order."""
        found = await self.store.read(
            lambda db: db.execute(
                select(collection.c.receipt_number, collection.c.amount)
                .where(collection.c.gateway_payment_id.is_not(None))
                .order_by(collection.c.receipt_number)
            ).all()
        )
        return [(row.receipt_number, row.amount) for row in found]

    async def payments(self) -> list[tuple[str, str, int, int]]:
        """Gateway's id, state, sum and what is kept apart of every payment, in order of arrival."""
        found = await self.store.read(
            lambda db: db.execute(select(payment).order_by(payment.c.id)).all()
        )
        return [(row.gateway_payment_id, row.state, row.amount, row.kept) for row in found]

    async def ledger(self) -> dict[str, int]:
        """The sum of every account in paise."""
        sums: dict[str, int] = {}
        for row in await self.store.read(lambda db: db.execute(select(ledger)).all()):
            sums[row.account] = sums.get(row.account, 0) + row.paise
        return {name: paise for name, paise in sums.items() if paise}

    async def unbalanced(self) -> list[int]:
        """Payments whose ledger lines do not add up to nothing."""
        sums: dict[int, int] = {}
        for row in await self.store.read(lambda db: db.execute(select(ledger)).all()):
            sums[row.payment_id] = sums.get(row.payment_id, 0) + row.paise
        return [key for key, paise in sums.items() if paise]

    async def said(self) -> list[str]:
        """The messages that wait in the outbox, oldest first."""
        found = await self.store.read(
            lambda db: list(db.execute(select(outbox.c.body).order_by(outbox.c.id)).scalars())
        )
        return [json.loads(body)["text"] for body in found]
