"""Whatever happens in whatever order, no rupee is credited twice and none is lost.

The real desk over the real store on SQLite; the gateway is the one in memory, which the contract
suite holds to the same promises as the real one.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import Connection, Row, Select, select

from app.payment_records import StoredPayments
from models.bill import IST
from models.errors import Trouble
from models.gateway import GatewayPayment
from models.k_number import KNumber
from models.message import ENGLISH
from models.money import Money
from models.payment import PaymentState
from models.reference import reference
from payments.desk import PaymentDesk
from payments.reconcile import reconcile
from storage.owed import newest_bill
from storage.payments import Collected, post_collections
from storage.sql import moment
from storage.store import Database, Store
from storage.tables import (
    bill,
    collection,
    ledger,
    metadata,
    outbox,
    payment,
    payment_link,
    payment_link_part,
)
from tests.integration.payment_world import (
    OTHER_K,
    K,
    PaymentWorld,
    PlainHerald,
    account,
    add_bill,
)

T = TypeVar("T")

BOTH = st.sampled_from([K, OTHER_K])
LATEST = timedelta(days=4)  # what was begun may be captured so long after


class Crash(Exception):
    """The process died."""


class MortalRecords:
    """Records that let the process die before or after one of the coming calls."""

    def __init__(self, records: StoredPayments) -> None:
        self._records = records
        self.calls_left: int | None = None
        self.dies_after = False

    def __getattr__(self, name: str) -> Callable[..., Coroutine[Any, Any, Any]]:
        real = getattr(self._records, name)

        async def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- whatever the call is
            dies = self.calls_left == 0
            if self.calls_left is not None:
                self.calls_left = None if dies else self.calls_left - 1
            if dies and not self.dies_after:
                raise Crash
            result = await real(*args, **kwargs)
            if dies:
                raise Crash
            return result

        return call


@cache
def template() -> Path:
    """An empty SQLite database, made once."""
    path = Path(tempfile.mkdtemp(prefix="bijli-life-")) / "template.db"
    database = Database(f"sqlite:///{path}")
    with database.engine.begin() as db:
        metadata.create_all(db)
    database.close()
    return path


class PaymentLife(RuleBasedStateMachine):
    """Payers, a gateway, staff and bad luck."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bijli-life-"))
        shutil.copyfile(template(), self.folder / "bijli.db")
        self.runner = asyncio.Runner()
        self.store = Store(Database(f"sqlite:///{self.folder / 'bijli.db'}"))
        self.world = PaymentWorld(self.store)
        self.gateway = self.world.gateway
        self.records = MortalRecords(StoredPayments(self.store, "serve-1"))
        self.desk = PaymentDesk(
            self.gateway,
            self.records,
            PlainHerald(),
            public_url="https://b.example",
            wake=lambda: None,
        )
        self.begun: dict[str, datetime] = {}
        self.bills = 2
        self.receipts_at_counters = 0
        self.run(self.world.settle_in())
        self.world.desk = self.desk

    def teardown(self) -> None:
        if not hasattr(self, "runner"):
            return
        try:
            self.all_is_known_in_the_end()
        finally:
            self.store.close()
            self.runner.close()
            shutil.rmtree(self.folder)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def attempt(self, work: Coroutine[Any, Any, object]) -> None:
        """Do it; the process may die and the gateway may be silent."""
        with contextlib.suppress(Crash, Trouble):
            self.run(work)

    def look(self) -> Books:
        return self.run(self.store.read(read_books))

    # What people do.

    @rule(k=BOTH, amount=st.sampled_from([None, None, Money(20_000), Money(35_000)]))
    def somebody_asks(self, k: KNumber, amount: Money | None) -> None:
        self.attempt(
            self.desk.ask(
                account(k),
                amount,
                conversation_id=self.world.talk,
                tag=ENGLISH,
                key="m",
                now=self.world.now,
            )
        )

    @rule(data=st.data())
    def somebody_asks_for_a_new_link_on_a_page(self, data: st.DataObject) -> None:
        codes = [row.code for row in self.look().links]
        if codes:
            self.attempt(self.desk.renew(data.draw(st.sampled_from(codes)), self.world.now))

    @precondition(lambda self: self.gateway.open_links())
    @rule(data=st.data(), windows=st.sampled_from([1, 1, 2]))
    def somebody_begins_to_pay(self, data: st.DataObject, windows: int) -> None:
        link_id = data.draw(st.sampled_from(self.gateway.open_links()))
        for _ in range(windows):
            self.begun[self.gateway.begin(link_id)] = self.world.now

    @precondition(lambda self: self.gateway.open_links())
    @rule(data=st.data(), heard=st.booleans())
    def somebody_pays(self, data: st.DataObject, heard: bool) -> None:  # noqa: FBT001 -- drawn
        self.gateway.pay(data.draw(st.sampled_from(self.gateway.open_links())))
        if heard:
            self.attempt(self.world.hear())

    def pending(self) -> list[str]:
        return [it for it in self.gateway.pending() if self.world.now - self.begun[it] < LATEST]

    @precondition(lambda self: self.pending())
    @rule(data=st.data())
    def money_arrives(self, data: st.DataObject) -> None:
        self.gateway.capture(data.draw(st.sampled_from(self.pending())))

    @precondition(lambda self: self.pending())
    @rule(data=st.data())
    def a_payment_is_declined(self, data: st.DataObject) -> None:
        self.gateway.fail(data.draw(st.sampled_from(self.pending())))

    @precondition(lambda self: self.gateway.open_links())
    @rule(data=st.data())
    def somebody_pays_while_the_link_ends(self, data: st.DataObject) -> None:
        """Nobody rings: only asking tells."""
        link_id = data.draw(st.sampled_from(self.gateway.open_links()))
        payment_id = self.gateway.begin(link_id)
        self.begun[payment_id] = self.world.now
        self.gateway.expire(link_id)
        silent = len(self.gateway.rung)
        self.gateway.capture(payment_id)
        del self.gateway.rung[silent:]

    @rule(k=BOTH)
    def somebody_pays_at_a_counter(self, k: KNumber) -> None:
        owed = self.run(self.store.read(newest_bill, k))
        amount = owed.payable(self.world.now) if owed else Money(0)
        if amount:
            self.receipts_at_counters += 1
            day = self.world.now.astimezone(IST).date()
            row = Collected(k, f"C-{self.receipts_at_counters}", day, amount, "cash")
            self.run(self.store.write(post_collections, [row], self.world.now))

    # What staff, the billing system and the gateway do.

    @precondition(lambda self: any(not it.refunded for it in self.gateway.captured().values()))
    @rule(data=st.data())
    def money_is_sent_back(self, data: st.DataObject) -> None:
        left = [it.id for it in self.gateway.captured().values() if not it.refunded]
        self.gateway.refund(data.draw(st.sampled_from(sorted(left))))

    @rule(k=BOTH, paise=st.sampled_from([60_000, 90_000]))
    def a_new_bill_comes(self, k: KNumber, paise: int) -> None:
        self.bills += 1
        day = self.world.now.astimezone(IST).date()
        self.run(
            self.store.write(
                add_bill,
                k,
                number=f"N{self.bills}",
                month=202700 + self.bills,
                billed_on=day,
                due_on=day + timedelta(days=5),
                amount=Money(paise),
                later=Money(paise + 2_500),
            )
        )

    @rule()
    def the_billing_system_sends_our_collections_back(self) -> None:
        rows = [
            Collected(
                KNumber(f"{row.k_number:012d}"),
                row.receipt_number,
                row.paid_on,
                Money(row.amount),
                row.mode,
            )
            for row in self.look().receipts
        ]
        if rows:
            self.run(self.store.write(post_collections, rows, self.world.now))

    @precondition(lambda self: self.gateway.rung)
    @rule(data=st.data())
    def the_bell_rings(self, data: st.DataObject) -> None:
        """Any event, however old, however often."""
        event = data.draw(st.sampled_from(self.gateway.rung))
        self.attempt(self.desk.receive(*self.gateway.webhook(event), self.world.now))

    @rule()
    def rings_are_answered(self) -> None:
        self.attempt(self.desk.answer_rings(self.world.now))

    @rule()
    def silent_links_are_asked_about(self) -> None:
        self.attempt(reconcile(self.desk, self.world.now))

    @rule(length=st.sampled_from([{"minutes": 3}, {"minutes": 20}, {"hours": 7}, {"days": 3}]))
    def time_passes(self, length: dict[str, int]) -> None:
        self.world.wait(**length)
        self.gateway.expire_due()

    # Bad luck.

    @rule(calls=st.integers(0, 4), after=st.booleans())
    def the_process_will_die(self, calls: int, after: bool) -> None:  # noqa: FBT001 -- drawn
        self.records.calls_left, self.records.dies_after = calls, after

    @rule(down=st.integers(0, 2), mute=st.integers(0, 1))
    def the_gateway_will_be_silent(self, down: int, mute: int) -> None:
        self.gateway.down, self.gateway.mute = down, mute

    # What must always hold.

    @invariant()
    def the_books_are_right(self) -> None:
        books = self.look()
        every_entry_balances(books)
        receipts_leave_no_gap(books)
        one_payment_a_link_is_credited(books)
        a_bill_gets_no_more_than_it_asked(books)
        what_is_entered_is_what_the_gateway_took(books, self.gateway.captured())
        a_bill_is_in_one_live_link(books)
        only_what_happened_is_told(books)

    @invariant()
    def a_consumer_can_pay_in_one_place_only(self) -> None:
        open_ = [self.gateway.request(it).notes["k_number"] for it in self.gateway.open_links()]
        assert len(open_) == len(set(open_))

    def all_is_known_in_the_end(self) -> None:
        """Once everybody is well again, asking alone finds every payment and every refund."""
        self.records.calls_left = None
        self.gateway.down = self.gateway.mute = 0
        self.world.wait(minutes=5)
        for _ in range(200):
            self.gateway.expire_due()
            self.run(reconcile(self.desk, self.world.now))
            due = [row.check_at for row in self.look().links if row.check_at is not None]
            if not due:
                break
            self.world.now = max(self.world.now + timedelta(seconds=1), moment(min(due)))
        books = self.look()
        took = self.gateway.captured()
        assert not books.live
        assert not self.gateway.open_links()
        what_is_entered_is_what_the_gateway_took(books, took)
        assert all(
            row.refunded == took[row.gateway_payment_id].refunded.paise for row in books.payments
        )
        every_entry_balances(books)
        receipts_leave_no_gap(books)
        one_payment_a_link_is_credited(books)
        a_bill_gets_no_more_than_it_asked(books)


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that is written down."""

    links: list[Row[Any]]
    live: list[Row[Any]]
    payments: list[Row[Any]]
    ledger: list[Row[Any]]
    collections: list[Row[Any]]
    bills: list[Row[Any]]
    said: list[Row[Any]]

    @property
    def receipts(self) -> list[Row[Any]]:
        """The collections that are our own."""
        return [row for row in self.collections if row.gateway_payment_id is not None]


def read_books(db: Connection) -> Books:
    """All of it in one read."""

    def all_of(query: Select[Any]) -> list[Row[Any]]:
        return list(db.execute(query).all())

    return Books(
        links=all_of(select(payment_link)),
        live=all_of(select(payment_link_part).where(payment_link_part.c.live)),
        payments=all_of(select(payment)),
        ledger=all_of(select(ledger)),
        collections=all_of(select(collection)),
        bills=all_of(select(bill)),
        said=all_of(select(outbox)),
    )


def sums(pairs: Iterable[tuple[T, int]]) -> dict[T, int]:
    found: dict[T, int] = {}
    for key, paise in pairs:
        found[key] = found.get(key, 0) + paise
    return found


def every_entry_balances(books: Books) -> None:
    assert not any(sums((row.payment_id, row.paise) for row in books.ledger).values())


def receipts_leave_no_gap(books: Books) -> None:
    numbers = {row.receipt_number for row in books.receipts}

    assert numbers == {reference("PAY", number + 1) for number in range(len(books.receipts))}


def one_payment_a_link_is_credited(books: Books) -> None:
    credited = [
        row.link_id
        for row in books.payments
        if row.kept < row.amount and row.state != PaymentState.REFUNDED
    ]
    assert len(credited) == len(set(credited))


def a_bill_gets_no_more_than_it_asked(books: Books) -> None:
    asked = {row.bill_number: row.amount_after_due for row in books.bills}
    got = sums((row.bill_number, row.amount) for row in books.receipts)
    assert all(0 <= paise <= asked[number] for number, paise in got.items())


def what_is_entered_is_what_the_gateway_took(
    books: Books, took: Mapping[str, GatewayPayment]
) -> None:
    receipts = sums((row.gateway_payment_id, row.amount) for row in books.receipts)
    for row in books.payments:
        assert row.amount == took[row.gateway_payment_id].amount.paise
        stays = 0 if row.refunded else row.amount - row.kept
        assert receipts.get(row.gateway_payment_id, 0) == stays


def a_bill_is_in_one_live_link(books: Books) -> None:
    live = [row.bill_number for row in books.live]
    assert len(live) == len(set(live))


def only_what_happened_is_told(books: Books) -> None:
    lines = sum(row.body.count("payment-") for row in books.said)
    arrived = sum(1 for row in books.receipts if row.amount > 0)
    assert lines <= arrived + sum(1 for row in books.payments if row.kept)


TestPaymentLife = PaymentLife.TestCase
TestPaymentLife.settings = settings(stateful_step_count=40)
