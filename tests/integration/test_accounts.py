"""What one look at a K-number shows, in every state a connection can be in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Connection, Table, event, insert, text

from models.bill import IST, BillState
from models.consumer import ConnectionStatus, LookUp
from models.k_number import KNumber
from models.message import Address, ChannelName, Phone
from models.money import Money
from models.words import Masked, Month, Name
from storage.accounts import DAILY, ON_BEHALF, TooManyLookUps, count_look_up, look_up, masked
from storage.people import person_for
from storage.phones import phone_id
from storage.seals import Seals
from storage.store import Database
from storage.tables import (
    bill,
    collection,
    consumer,
    import_run,
    k_number_alias,
    office,
    saved_k_number,
)

SEALS = Seals([b"k" * 32])
PHONE = Phone("+919829012345")
NOW = datetime(2026, 11, 23, 12, tzinfo=IST)
K, OTHER, THIRD = (KNumber(f"90101000{n:04d}") for n in (123, 124, 125))
BILLED_ON = date(2026, 11, 10)


@dataclass(frozen=True)
class World:
    """A database with one stranger, and short words to fill it."""

    database: Database
    stranger: int

    def add(self, table: Table, **values: object) -> None:
        self.database.write(lambda db: db.execute(insert(table), values))

    def connection(self, k: KNumber = K, **values: object) -> None:
        usual = {"name": "Ram Kumar", "name_hi": "राम कुमार", "category": "LT-1", "status": "active"}
        usual |= {"office_code": "AJC-101", "feeder_code": "F1"}
        self.add(consumer, **(usual | {"k_number": int(k)} | values))

    def bill(self, k: KNumber = K, month: int = 202611, **values: object) -> None:
        usual: dict[str, object] = {
            "bill_number": f"B{month}-{k}",
            "bill_date": BILLED_ON,
            "due_date": date(2026, 12, 5),
            "previous_reading": 4000,
            "current_reading": 4100,
            "units": 100,
            "amount": 124_000,
            "amount_after_due": 126_000,
        }
        self.add(bill, **(usual | {"k_number": int(k), "bill_month": month} | values))

    def paid(self, receipt: str, on: date, amount: int, **values: object) -> None:
        usual = {"k_number": int(K), "receipt_number": receipt, "mode": "counter"}
        self.add(collection, **(usual | {"paid_on": on, "amount": amount} | values))

    def moved(self, old: KNumber, new: KNumber, on: date = date(2026, 1, 1)) -> None:
        self.add(k_number_alias, old_k_number=int(old), new_k_number=int(new), effective_on=on)

    def look(self, k: KNumber = K, now: datetime = NOW, person: int | None = None) -> LookUp:
        return self.database.read(look_up, person or self.stranger, k, now)

    def count(self, k: KNumber, now: datetime = NOW) -> None:
        self.database.write(count_look_up, self.stranger, k, now)


@pytest.fixture
def world(database: Database) -> World:
    """A stranger and an office."""
    made = database.write(person_for, SEALS, Address(ChannelName.SMS, PHONE), 1)
    world = World(database, made[1])
    world.add(
        office, code="AJC-101", kind="subdivision", name="Hathi Bhata", name_hi="हाथी भाटा",
        helpline="1912",
    )  # fmt: skip
    return world


def test_a_number_nobody_has_is_unknown_and_counts(world: World) -> None:
    assert world.look() == LookUp(account=None, allowed=True, counts=True, left=25)


def test_a_connection_without_a_bill(world: World) -> None:
    world.connection(load_watts=3000, connected_on=date(2020, 2, 29))

    account = world.look().account

    assert account is not None
    assert account.bill is None
    assert account.consumer.k_number == K
    assert account.consumer.name == Masked("Ram Kumar", "राम कुमार")
    assert account.consumer.load_watts == 3000
    assert account.consumer.connected_on == date(2020, 2, 29)
    assert account.office == Name("Hathi Bhata", "हाथी भाटा")
    assert account.helpline == "1912"
    assert account.moved_from is None
    assert account.bills_as_of is None


def test_an_office_we_do_not_have_leaves_its_place_empty(world: World) -> None:
    world.connection(office_code="NOWHERE")

    account = world.look().account

    assert account is not None
    assert (account.office, account.helpline) == (None, "")


def test_the_newest_bill_holds_every_charge(world: World) -> None:
    charges = ["fixed_charge", "energy_charge", "electricity_duty", "cess", "water_cess"]
    charges += ["urban_cess", "fuel_surcharge", "regulatory_surcharge", "other_charges", "tcs"]
    charges += ["subsidy", "rebate", "arrears"]
    world.connection()
    world.bill(month=202610, bill_number="OLD", amount=1)
    parts: dict[str, Any] = {name: n for n, name in enumerate(charges, start=1)}
    world.bill(**parts, meter_status="OK")

    account = world.look().account

    assert account is not None
    assert account.bill is not None
    assert account.bill.number == f"B202611-{K}"
    assert account.bill.month == Month(2026, 11)
    assert account.bill.billed_on == BILLED_ON
    assert account.bill.due_on == date(2026, 12, 5)
    assert (account.bill.previous_reading, account.bill.current_reading) == (4000, 4100)
    assert account.bill.meter_status == "OK"
    assert account.bill.amount == Money(124_000)
    assert account.bill.amount_after_due == Money(126_000)
    said = account.bill.charges
    assert (said.fixed, said.energy, said.duty, said.cess) == tuple(map(Money, (1, 2, 3, 4)))
    assert (said.water_cess, said.urban_cess, said.fuel_surcharge) == tuple(map(Money, (5, 6, 7)))
    assert (said.regulatory_surcharge, said.other, said.tcs) == tuple(map(Money, (8, 9, 10)))
    assert (said.subsidy, said.rebate, said.arrears) == tuple(map(Money, (11, 12, 13)))


@pytest.mark.parametrize(
    ("fill", "state", "paid", "receipt"),
    [
        (lambda world: world.bill(), BillState.DUE, 0, ""),
        (lambda world: world.bill(due_date=date(2026, 11, 22)), BillState.OVERDUE, 0, ""),
        (lambda world: world.bill(amount=0, subsidy=50), BillState.ZERO, 0, ""),
        (lambda world: world.bill(amount=0), BillState.NOTHING_DUE, 0, ""),
        (lambda world: world.bill(amount=-500), BillState.CREDIT, 0, ""),
    ],
)
def test_bills_nobody_has_paid(
    world: World, fill: Callable[[World], None], state: BillState, paid: int, receipt: str
) -> None:
    world.connection()
    fill(world)

    account = world.look().account

    assert account is not None
    assert account.bill is not None
    assert account.bill.state(NOW) is state
    assert account.bill.paid == Money(paid)
    assert (account.bill.paid_on, account.bill.receipt) == (None, receipt)


@pytest.mark.parametrize(
    ("collections", "state", "paid", "receipt"),
    [
        ([("R1", date(2026, 11, 9), 124_000)], BillState.DUE, 0, ""),
        ([("R1", BILLED_ON, 50_000)], BillState.PART_PAID, 50_000, "R1"),
        ([("R1", date(2026, 11, 20), 124_000)], BillState.PAID, 124_000, "R1"),
        (
            [("R1", date(2026, 11, 12), 4_000), ("R2", date(2026, 11, 20), 120_000)],
            BillState.PAID,
            124_000,
            "R2",
        ),
        (
            [("R1", date(2026, 11, 9), 999), ("R2", date(2026, 11, 20), 1_000)],
            BillState.PART_PAID,
            1_000,
            "R2",
        ),
    ],
)
def test_money_that_came_since_the_bill_is_for_it(
    world: World,
    collections: list[tuple[str, date, int]],
    state: BillState,
    paid: int,
    receipt: str,
) -> None:
    world.connection()
    world.bill(month=202610, bill_number="OLD", bill_date=date(2026, 10, 10))
    world.bill()
    for collected in collections:
        world.paid(*collected)

    account = world.look().account

    assert account is not None
    assert account.bill is not None
    assert account.bill.state(NOW) is state
    assert account.bill.paid == Money(paid)
    assert account.bill.receipt == receipt
    assert account.bill.paid_on == (collections[-1][1] if paid else None)


def test_a_bill_paid_before_the_day_it_bears_is_paid(world: World) -> None:
    world.connection()
    world.bill()
    world.paid("R1", date(2026, 11, 9), 124_000, bill_number=f"B202611-{K}")

    account = world.look().account

    assert account is not None
    assert account.bill is not None
    assert account.bill.state(NOW) is BillState.PAID


def test_money_of_another_connection_is_not_ours(world: World) -> None:
    world.connection()
    world.bill()
    world.paid("R1", date(2026, 11, 20), 124_000, k_number=int(OTHER))

    account = world.look().account

    assert account is not None
    assert account.bill is not None
    assert account.bill.paid == Money(0)


@pytest.mark.parametrize("status", list(ConnectionStatus))
def test_the_status_is_said(world: World, status: ConnectionStatus) -> None:
    world.connection(status=status.value)

    account = world.look().account

    assert account is not None
    assert account.consumer.status is status


def test_bills_are_as_of_the_newest_import_that_finished(world: World) -> None:
    world.connection()
    at = int(NOW.timestamp() * 1000)
    hour = 3_600_000
    for kind, state, finished in [
        ("bills", "done", at - 30 * hour),
        ("bills", "done", at - 26 * hour),
        ("bills", "running", None),
        ("bills", "failed", at - hour),
        ("consumers", "done", at),
    ]:
        world.add(import_run, kind=kind, state=state, started_at=1, finished_at=finished)

    account = world.look().account

    assert account is not None
    assert account.bills_as_of == NOW.astimezone(UTC) - timedelta(hours=26)
    assert account.is_stale(NOW)


def test_an_old_number_answers_for_the_new_one(world: World) -> None:
    world.connection(OTHER)
    world.bill(OTHER)
    world.moved(K, OTHER)

    look = world.look()

    assert look.account is not None
    assert look.account.consumer.k_number == OTHER
    assert look.account.moved_from == K
    assert look.account.bill is not None
    assert look.account.bill.k_number == OTHER
    assert look.counts


def test_an_old_number_that_is_still_in_the_records_answers_for_the_new_one(world: World) -> None:
    world.connection(K, status="closed")
    world.connection(OTHER)
    world.moved(K, OTHER)

    account = world.look().account

    assert account is not None
    assert (account.consumer.k_number, account.moved_from) == (OTHER, K)


def test_numbers_that_moved_twice_are_followed(world: World) -> None:
    world.connection(THIRD)
    world.moved(K, OTHER, date(2024, 1, 1))
    world.moved(OTHER, THIRD, date(2025, 1, 1))

    account = world.look().account

    assert account is not None
    assert (account.consumer.k_number, account.moved_from) == (THIRD, K)


def test_a_number_that_was_given_back_is_itself(world: World) -> None:
    world.connection(K)
    world.connection(OTHER)
    world.moved(K, OTHER, date(2024, 1, 1))
    world.moved(OTHER, K, date(2025, 1, 1))

    back, gone = world.look(K).account, world.look(OTHER).account

    assert back is not None
    assert (back.consumer.k_number, back.moved_from) == (K, None)
    assert gone is not None
    assert (gone.consumer.k_number, gone.moved_from) == (K, OTHER)


def test_moves_that_go_in_a_circle_on_one_day_come_to_an_end(world: World) -> None:
    world.connection(K)
    world.moved(K, OTHER)
    world.moved(OTHER, K)

    assert world.look(K).account is not None
    assert world.look(OTHER).account is not None


def test_a_move_of_tomorrow_has_not_happened(world: World) -> None:
    world.connection(K)
    world.connection(OTHER)
    world.moved(K, OTHER, date(2026, 11, 24))

    account = world.look().account

    assert account is not None
    assert account.consumer.k_number == K


def test_a_move_to_a_number_we_do_not_have_yet_leaves_the_old_one(world: World) -> None:
    world.connection(K)
    world.moved(K, OTHER)

    account = world.look().account

    assert account is not None
    assert (account.consumer.k_number, account.moved_from) == (K, None)


def test_the_26th_number_of_a_day_is_refused_and_comes_back_tomorrow(world: World) -> None:
    world.connection()
    for n in range(DAILY):
        number = KNumber(f"{800000000000 + n}")
        assert world.look(number) == LookUp(None, allowed=True, counts=True, left=DAILY - n)
        world.count(number)

    assert world.look() == LookUp(account=None, allowed=False, counts=False, left=0)
    assert world.look(KNumber("800000000003")) == LookUp(None, allowed=True, counts=False, left=0)
    midnight = datetime(2026, 11, 24, 0, 0, 1, tzinfo=IST)
    assert not world.look(now=midnight - timedelta(seconds=2)).allowed
    assert world.look(now=midnight.astimezone(UTC)).account is not None


def test_own_numbers_never_count(world: World) -> None:
    phone = world.database.write(phone_id, SEALS, PHONE)
    world.connection(K, mobile_id=phone)
    world.connection(OTHER)
    world.add(saved_k_number, person_id=world.stranger, k_number=int(OTHER), saved_at=1)
    for n in range(DAILY):
        world.count(KNumber(f"{800000000000 + n}"))

    registered, saved = world.look(K), world.look(OTHER)

    assert (registered.allowed, registered.counts) == (True, False)
    assert (saved.allowed, saved.counts) == (True, False)
    assert registered.account is not None
    assert saved.account is not None


def test_an_own_number_under_its_old_name_does_not_count(world: World) -> None:
    world.connection(OTHER, mobile_id=world.database.write(phone_id, SEALS, PHONE))
    world.moved(K, OTHER)

    assert not world.look(K).counts


def test_a_mobile_on_26_connections_owns_none_of_them(world: World) -> None:
    phone = world.database.write(phone_id, SEALS, PHONE)
    for n in range(25):
        world.connection(KNumber(f"{700000000000 + n}"), mobile_id=phone)
    assert not world.look(KNumber("700000000000")).counts

    world.connection(K, mobile_id=phone)

    assert world.look(K).counts
    assert world.look(KNumber("700000000000")).counts


def test_looking_again_does_not_count_again(world: World) -> None:
    world.connection()
    world.count(K)
    world.count(K)

    assert world.look() == LookUp(world.look().account, allowed=True, counts=False, left=24)


def test_the_commit_refuses_a_26th_number(world: World) -> None:
    for n in range(DAILY):
        world.count(KNumber(f"{800000000000 + n}"))

    with pytest.raises(TooManyLookUps):
        world.count(K)

    world.count(KNumber("800000000000"))


def test_two_processes_count_no_further_than_one(world: World) -> None:
    ready = Barrier(3)
    refused: list[int] = []

    def look(first: int) -> None:
        ready.wait()
        for n in range(15):
            try:
                world.count(KNumber(f"{first + n}"))
            except TooManyLookUps:
                refused.append(n)

    firsts = (100000000000, 200000000000, 300000000000)
    threads = [Thread(target=look, args=(first,)) for first in firsts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 45 - DAILY


def test_own_accounts_come_in_the_order_asked(world: World) -> None:
    world.connection(K)
    world.connection(THIRD)
    world.bill(THIRD)
    world.moved(OTHER, THIRD)
    unknown = KNumber("800000000000")

    accounts = world.database.read(masked, (OTHER, unknown, K, THIRD), NOW)

    assert [(it.consumer.k_number, it.moved_from) for it in accounts] == [
        (THIRD, OTHER),
        (K, None),  # and THIRD was there already, under its old number
    ]
    assert accounts[0].bill is not None
    assert world.database.read(masked, (), NOW) == ()


def fill(db: Connection) -> None:
    """Enough rows that a scan would be dearer than an index."""
    numbers = range(100000000000, 100000002000)
    people = {"name": "A", "category": "LT-1", "office_code": "AJC-101", "status": "active"}
    db.execute(insert(consumer), [{"k_number": k, "mobile_id": k, **people} for k in numbers])
    day, usual = BILLED_ON, {"previous_reading": 0, "current_reading": 0, "units": 0}
    db.execute(
        insert(bill),
        [
            {"k_number": k, "bill_number": str(k), "bill_month": 202611, "bill_date": day}
            | {"due_date": day, **usual}
            for k in numbers
        ],
    )
    db.execute(
        insert(collection),
        [
            {"k_number": k, "receipt_number": str(k), "paid_on": day, "amount": 1, "mode": "c"}
            for k in numbers
        ],
    )


def test_a_look_reads_by_index_alone(world: World) -> None:
    world.database.write(fill)
    world.database.write(lambda db: db.execute(text("ANALYZE")))
    word = "EXPLAIN QUERY PLAN" if world.database.is_sqlite else "EXPLAIN"
    plan: list[str] = []

    def explain(db: Connection) -> None:
        def note(_: object, cursor: Any, statement: str, values: Any, *rest: object) -> None:  # noqa: ANN401 -- the driver's own
            asking = cursor.connection.cursor()
            asking.execute(f"{word} {statement}", values)
            plan.extend(str(line) for line in asking.fetchall())

        event.listen(db, "before_cursor_execute", note)
        asked = {"person": world.stranger, "k": int(K), "today": NOW.astimezone(IST).date()}
        db.execute(ON_BEHALF.statement, asked)

    world.database.read(explain)

    assert any("bill" in line for line in plan)
    scans = [line for line in plan if "Seq Scan on" in line or "SCAN" in line]
    assert not [
        line
        for line in scans
        if any(f" {name}" in line for name in ("consumer", "bill", "collection"))
    ]
