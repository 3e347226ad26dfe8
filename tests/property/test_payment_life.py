"""Whatever happens in whatever order, no rupee is credited twice and none is lost.

The real desk over the real store on SQLite; the gateway is the one in memory, which the contract
suite holds to the same promises as the real one.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
from models.money import NOTHING, Money
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

BOTH = st.sampled_from([K, K, K, OTHER_K])
TOGETHER = st.sampled_from([(K,), (K,), (OTHER_K,), (K, OTHER_K)])  # asked for in one message
SUMS = st.sampled_from([None, None, Money(20_000), Money(35_000)])
CONSUMERS = 2  # a payment is of so many connections at most
LATEST = timedelta(days=4)  # what was begun may be captured so long after


@dataclass(frozen=True, slots=True)
class Luck:
    """What goes wrong during one action."""

    calls: int | None = None  # so many calls to the records before the process dies
    dies_after: bool = False  # the last call is done
    down: int = 0  # calls the gateway does not take
    mute: int = 0  # calls the gateway does, and does not answer


@dataclass(frozen=True, slots=True)
class Tries:
    """How a payment goes."""

    arrive: int  # how many of the windows end with money
    ends: bool  # the link ends while they pay
    heard: bool  # the bell is heard
    answered: bool  # and answered at once


LUCK = st.one_of(
    st.just(Luck()),
    st.just(Luck()),
    st.builds(Luck, calls=st.integers(0, 4), dies_after=st.booleans()),
    st.builds(Luck, down=st.integers(0, 2), mute=st.integers(0, 1)),
)
TRIES = st.builds(
    Tries,
    arrive=st.integers(0, 2),
    ends=st.booleans(),
    heard=st.booleans(),
    answered=st.booleans(),
)


class Crash(BaseException):
    """The process died: nothing catches it on the way."""


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
        self.records = MortalRecords(StoredPayments(self.store, "serve-1", mails=True))
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

    def attempt(self, work: Coroutine[Any, Any, object], luck: Luck) -> None:
        """Do it with this luck; the process may die and the gateway may be silent."""
        self.records.calls_left, self.records.dies_after = luck.calls, luck.dies_after
        self.gateway.down, self.gateway.mute = luck.down, luck.mute
        try:
            self.run(work)
        except* (Crash, Trouble):
            pass
        self.records.calls_left = None
        self.gateway.down = self.gateway.mute = 0

    def look(self) -> Books:
        return self.run(self.store.read(read_books))

    # What people do.

    def ask(self, ks: tuple[KNumber, ...], amount: Money | None, luck: Luck) -> None:
        asking = self.desk.ask(
            tuple(account(k) for k in ks),
            amount if len(ks) == 1 else None,
            conversation_id=self.world.talk,
            tag=ENGLISH,
            key="m",
            now=self.world.now,
        )
        self.attempt(asking, luck)

    @rule(ks=TOGETHER, amount=SUMS, windows=st.integers(0, 2), tries=TRIES, luck=LUCK)
    def somebody_asks_and_pays(
        self,
        ks: tuple[KNumber, ...],
        amount: Money | None,
        windows: int,
        tries: Tries,
        luck: Luck,
    ) -> None:
        """In up to two windows; perhaps the link ends meanwhile, perhaps nobody rings."""
        self.ask(ks, amount, luck)
        self.gateway.heard = tries.heard
        for link_id in self.gateway.open_links():
            if self.gateway.request(link_id).notes["k_number"].split()[0] in ks:
                begun = [self.gateway.begin(link_id) for _ in range(windows)]
                self.begun |= dict.fromkeys(begun, self.world.now)
                if tries.ends:
                    self.gateway.expire(link_id)
                for payment_id in begun[: tries.arrive]:
                    self.gateway.capture(payment_id)
        self.gateway.heard = True
        if tries.answered:
            self.attempt(self.world.hear(), luck)

    def pending(self) -> list[str]:
        return [it for it in self.gateway.pending() if self.world.now - self.begun[it] < LATEST]

    @precondition(lambda self: self.pending())
    @rule(data=st.data(), declined=st.booleans(), heard=st.booleans())
    def a_payment_ends(
        self,
        data: st.DataObject,
        declined: bool,  # noqa: FBT001 -- drawn by Hypothesis
        heard: bool,  # noqa: FBT001 -- drawn by Hypothesis
    ) -> None:
        payment_id = data.draw(st.sampled_from(self.pending()))
        self.gateway.heard = heard
        (self.gateway.fail if declined else self.gateway.capture)(payment_id)
        self.gateway.heard = True

    @precondition(lambda self: self.gateway.rung)
    @rule(data=st.data(), luck=LUCK)
    def the_bell_rings(self, data: st.DataObject, luck: Luck) -> None:
        """Any event, however old, however often."""
        event = data.draw(st.sampled_from(self.gateway.rung))
        self.attempt(self.desk.receive(*self.gateway.webhook(event), self.world.now), luck)

    @rule(length=st.sampled_from([{}, {"minutes": 20}, {"hours": 7}, {"days": 3}]), luck=LUCK)
    def time_passes(self, length: dict[str, int], luck: Luck) -> None:
        self.world.wait(**length)
        self.gateway.expire_due()
        self.attempt(reconcile(self.desk, self.world.now), luck)

    # One rule for what is rarer, so that payments stay the most of what happens.

    @rule(data=st.data(), k=BOTH, luck=LUCK)
    def life_goes_on(self, data: st.DataObject, k: KNumber, luck: Luck) -> None:
        event = data.draw(
            st.sampled_from(
                [
                    self.somebody_pays_at_a_counter,
                    self.a_new_bill_comes,
                    self.money_is_sent_back,
                    self.somebody_asks_for_a_new_link_on_a_page,
                    self.our_collections_come_back,
                ]
            )
        )
        event(data, k, luck)

    def somebody_asks_for_a_new_link_on_a_page(
        self, data: st.DataObject, k: KNumber, luck: Luck
    ) -> None:
        codes = [row.code for row in self.look().links]
        if codes:
            code = data.draw(st.sampled_from(codes))
            self.attempt(self.desk.renew(code, self.world.now), luck)

    def somebody_pays_at_a_counter(self, data: st.DataObject, k: KNumber, luck: Luck) -> None:
        owed = self.run(self.store.read(newest_bill, k))
        amount = owed.payable(self.world.now) if owed else NOTHING
        if amount:
            self.receipts_at_counters += 1
            row = Collected(k, f"C-{self.receipts_at_counters}", self.today(), amount, "cash")
            self.run(self.store.write(post_collections, [row], self.world.now))

    def money_is_sent_back(self, data: st.DataObject, k: KNumber, luck: Luck) -> None:
        left = [it.id for it in self.gateway.captured().values() if not it.refunded]
        if left:
            self.gateway.refund(data.draw(st.sampled_from(sorted(left))))

    def a_new_bill_comes(self, data: st.DataObject, k: KNumber, luck: Luck) -> None:
        self.bills += 1
        today, number = self.today(), self.bills
        self.run(
            self.store.write(
                add_bill,
                k,
                number=f"N{number}",
                month=202700 + number,
                billed_on=today,
                due_on=today + timedelta(days=5),
                amount=Money(90_000),
                later=Money(92_500),
            )
        )

    def our_collections_come_back(self, data: st.DataObject, k: KNumber, luck: Luck) -> None:
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
        self.run(self.store.write(post_collections, rows, self.world.now))

    def today(self) -> date:
        return self.world.now.astimezone(IST).date()

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
        open_ = [
            k
            for it in self.gateway.open_links()
            for k in self.gateway.request(it).notes["k_number"].split()
        ]
        assert len(open_) == len(set(open_))

    def all_is_known_in_the_end(self) -> None:
        """Once everybody is well again, asking alone finds every payment and every refund."""
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

    in_all = sums((row.k_number, row.amount_after_due) for row in books.bills)
    paid = sums((row.k_number, row.amount) for row in books.collections)
    assert all(paise <= in_all[k] for k, paise in paid.items())


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
    assert lines <= arrived + sum(CONSUMERS for row in books.payments if row.kept)


TestPaymentLife = PaymentLife.TestCase
TestPaymentLife.settings = settings(stateful_step_count=40)
