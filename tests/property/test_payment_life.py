"""Whatever happens in whatever order, no rupee is credited twice and none is lost.

The real desk over the real store on SQLite; the gateway is the one in memory, which the contract
suite holds to the same promises as the real one.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Callable, Coroutine
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
from sqlalchemy import Row, select

from app.payment_records import StoredPayments
from models.bill import IST
from models.errors import Trouble
from models.k_number import KNumber
from models.message import ENGLISH
from models.money import Money
from models.payment import PaymentState
from models.reference import reference
from payments.desk import PaymentDesk
from payments.reconcile import reconcile
from storage.owed import newest_bill
from storage.payments import Collected, post_collections
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

    def rows(self, query: Any) -> list[Row[Any]]:  # noqa: ANN401 -- any SELECT
        return self.run(self.store.read(lambda db: list(db.execute(query).all())))

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
        codes = [row.code for row in self.rows(select(payment_link.c.code))]
        if codes:
            self.attempt(self.desk.renew(data.draw(st.sampled_from(codes)), self.world.now))

    @precondition(lambda self: self.gateway.open_links())
    @rule(data=st.data())
    def somebody_begins_to_pay(self, data: st.DataObject) -> None:
        payment_id = self.gateway.begin(data.draw(st.sampled_from(self.gateway.open_links())))
        self.begun[payment_id] = self.world.now

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
        ours = self.rows(select(collection).where(collection.c.gateway_payment_id.is_not(None)))
        rows = [
            Collected(
                KNumber(f"{row.k_number:012d}"),
                row.receipt_number,
                row.paid_on,
                Money(row.amount),
                row.mode,
            )
            for row in ours
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
    def every_entry_balances(self) -> None:
        sums: dict[int, int] = {}
        for row in self.rows(select(ledger)):
            sums[row.payment_id] = sums.get(row.payment_id, 0) + row.paise
        assert not any(sums.values())

    @invariant()
    def receipts_leave_no_gap(self) -> None:
        ours = self.rows(
            select(collection.c.receipt_number).where(collection.c.gateway_payment_id.is_not(None))
        )

        numbers = {row.receipt_number for row in ours}

        assert numbers == {reference("PAY", number + 1) for number in range(len(ours))}

    @invariant()
    def nothing_is_credited_twice(self) -> None:
        """One payment a link, and on each bill not more than it asked for."""
        credited = self.rows(
            select(payment.c.link_id)
            .where(payment.c.kept < payment.c.amount)
            .where(payment.c.state != PaymentState.REFUNDED.value)
        )
        links = [row.link_id for row in credited]
        assert len(links) == len(set(links))

        asked = {row.bill_number: row.amount_after_due for row in self.rows(select(bill))}
        got: dict[str, int] = {}
        for row in self.rows(select(collection).where(collection.c.bill_number.is_not(None))):
            got[row.bill_number] = got.get(row.bill_number, 0) + row.amount
        assert all(0 <= paise <= asked[number] for number, paise in got.items())

    @invariant()
    def what_is_entered_is_what_the_gateway_took(self) -> None:
        took = self.gateway.captured()
        for row in self.rows(select(payment)):
            assert row.amount == took[row.gateway_payment_id].amount.paise
            receipts = self.rows(
                select(collection.c.amount).where(
                    collection.c.gateway_payment_id == row.gateway_payment_id
                )
            )
            stays = 0 if row.refunded else row.amount - row.kept
            assert sum(it.amount for it in receipts) == stays

    @invariant()
    def a_bill_is_in_one_live_link(self) -> None:
        live = [
            row.bill_number
            for row in self.rows(select(payment_link_part).where(payment_link_part.c.live))
        ]
        assert len(live) == len(set(live))

    @invariant()
    def only_what_happened_is_told(self) -> None:
        told = [row.body for row in self.rows(select(outbox.c.body))]
        lines = sum(body.count("payment-") for body in told)
        receipts = self.rows(select(collection).where(collection.c.gateway_payment_id.is_not(None)))
        kept = self.rows(select(payment).where(payment.c.kept > 0))
        assert lines <= sum(1 for row in receipts if row.amount > 0) + len(kept)

    def all_is_known_in_the_end(self) -> None:
        """Once everybody is well again, asking alone finds every payment and every refund."""
        self.records.calls_left = None
        self.gateway.down = self.gateway.mute = 0
        for _ in range(26):
            self.world.wait(hours=13)
            self.gateway.expire_due()
            self.run(reconcile(self.desk, self.world.now))
        known = {
            row.gateway_payment_id: (row.amount, row.refunded) for row in self.rows(select(payment))
        }
        took = {
            key: (it.amount.paise, it.refunded.paise) for key, it in self.gateway.captured().items()
        }
        assert known == took
        assert not self.rows(select(payment_link_part).where(payment_link_part.c.live))
        assert not self.gateway.open_links()
        self.every_entry_balances()
        self.receipts_leave_no_gap()
        self.nothing_is_credited_twice()


TestPaymentLife = PaymentLife.TestCase
TestPaymentLife.settings = settings(stateful_step_count=40)
