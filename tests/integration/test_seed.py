"""Sample data come in on the road of real files, and show every state a bill can be in."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from discom.facts import load_discom
from discom.sample.facts import sample_states
from discom.sample.seeding import seed
from models.bill import IST, BillState
from models.consumer import Account, ConnectionStatus
from models.k_number import KNumber
from models.message import Address, ChannelName
from models.records import Counts
from storage import accounts, tables
from storage.people import person, person_for
from storage.records import RecordBooks
from storage.seals import Seals
from storage.store import Database

FOLDER = Path(__file__).parents[2] / "data/discom/avvnl"
NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SEALS = Seals([b"k" * 32])
STATES = {
    "Due": BillState.DUE,
    "Overdue": BillState.OVERDUE,
    "Last day today": BillState.DUE,
    "No bill yet": None,
    "Zero by subsidy": BillState.ZERO,
    "Credit": BillState.CREDIT,
    "Part paid": BillState.PART_PAID,
    "Part paid and overdue": BillState.PART_PAID_OVERDUE,
    "Paid": BillState.PAID,
    "Disconnected": BillState.OVERDUE,
    "Closed": BillState.PAID,
    "Large industry": BillState.DUE,
    "Farm": BillState.DUE,
    "Shop with arrears": BillState.DUE,
}


@pytest.fixture
def records(database: Database) -> RecordBooks:
    books = RecordBooks(database, SEALS, lambda: NOW)
    load_discom(books, FOLDER)
    return books


def sow(records: RecordBooks, consumers: int, today: date = TODAY) -> Counts:
    """Seed, and what that did all together."""
    counts = Counts()
    for summary in seed(
        records,
        FOLDER,
        consumers=consumers,
        seed=1,
        months=3,
        today=today,
        progress=lambda _at: None,
    ):
        assert summary.rejected == summary.doubtful == 0
        counts = counts.plus(summary.counts)
    return counts


def account(database: Database, k: str, now: datetime = NOW) -> Account:
    [found] = database.read(accounts.masked, [KNumber(k)], now)
    return found


@pytest.mark.parametrize("days", [0, 9, 130])
def test_every_state_is_there_on_any_day(
    database: Database, records: RecordBooks, days: int
) -> None:
    today = TODAY + timedelta(days=days)
    noon = datetime.combine(today, time(12), IST)

    sow(records, 60, today)

    numbers = {label: k for k, label, _ in sample_states(FOLDER)}
    found = {}
    for label in STATES:
        bill = account(database, numbers[label], noon).bill
        found[label] = bill and bill.state(noon)
    assert found == STATES
    last_day = account(database, numbers["Last day today"], noon).bill
    assert last_day is not None
    assert last_day.due_on == today


def test_the_well_known_connections_are_what_they_are_known_for(
    database: Database, records: RecordBooks
) -> None:
    sow(records, 60)

    ramesh = account(database, "901010000123")
    assert ramesh.consumer.name.en == "Ramesh Kumar"
    assert ramesh.bill is not None
    assert (ramesh.bill.amount.paise, ramesh.bill.due_on) == (124_000, date(2026, 12, 5))
    assert account(database, "901010000204").consumer.status is ConnectionStatus.DISCONNECTED
    assert account(database, "901010000212").consumer.status is ConnectionStatus.CLOSED
    moved = account(database, "901010000019")
    assert (moved.consumer.k_number, moved.moved_from) == ("901010000220", "901010000019")
    works = account(database, "901010000238").bill
    assert works is not None
    assert len(str(works.amount.paise // 100)) == 8


def test_seeding_again_changes_nothing_and_more_only_adds(
    database: Database, records: RecordBooks
) -> None:
    first = sow(records, 200)
    assert first.changed == first.unchanged == 0

    again, more = sow(records, 200), sow(records, 300)

    assert (again.new, again.changed) == (0, 0)
    assert (more.changed, more.unchanged) == (0, first.new)
    count = database.read(lambda db: db.scalar(select(func.count()).select_from(tables.consumer)))
    assert count == 300


def test_registered_mobiles_open_their_connections(
    database: Database, records: RecordBooks
) -> None:
    sow(records, 60)

    def registered(phone: str) -> int:
        address = Address(ChannelName.SMS, phone)
        _, person_id = database.write(person_for, SEALS, address, 0)
        return len(database.read(person, person_id).registered)

    assert registered("+919999000001") == 1
    assert registered("+919999000003") == 3
    assert registered("+919999000026") == 0


def test_the_offices_are_loaded_once_and_then_left_to_imports(records: RecordBooks) -> None:
    assert records.offices()["AJC-101"] == ("subdivision", "AJC-1")
    assert len(records.offices()) == 271

    assert load_discom(records, FOLDER) == []
