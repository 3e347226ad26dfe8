"""Whatever bills come in, in whatever order and however often: one a month, the last one counts."""

import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select

from discom import cells
from discom.batch import Rejected
from discom.imports import Progress, Summary, import_stream
from discom.table import Table, Unusable
from storage import tables
from storage.records import RecordBooks
from storage.seals import Seals
from storage.store import Database

HEADER = (
    "k_number,bill_number,bill_month,bill_date,due_date,previous_reading,current_reading,units,"
    "fixed_charge,energy_charge,electricity_duty,cess,fuel_surcharge,other_charges,subsidy,"
    "arrears,amount,amount_after_due"
)
FIRST_K = 901_010_000_000


class Bill(NamedTuple):
    k: int
    month: int
    number: int
    rupees: int

    @property
    def line(self) -> str:
        return (
            f"{FIRST_K + self.k},B{self.number},2026-{self.month:02d},2026-01-01,2026-02-01,"
            f"0,0,0,0,0,0,0,0,0,0,0,{self.rupees},{max(self.rupees, 0)}"
        )


BILLS = st.lists(
    st.builds(
        Bill,
        k=st.integers(0, 2),
        month=st.integers(1, 2),
        number=st.integers(0, 3),
        rupees=st.integers(-2, 2),
    ),
    max_size=8,
)


class NoneRejected:
    def put(self, header: Sequence[str], rows: Sequence[Rejected]) -> None:
        raise AssertionError(rows)


class Books:
    """A SQLite database with a few connections."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.records = RecordBooks(database, Seals([b"k" * 32]), lambda: datetime.now(UTC))
        row = {"name": "R", "category": "LT-1", "office_code": "O", "status": "active"}
        rows = [row | {"k_number": FIRST_K + k} for k in range(3)]
        self.database.write(lambda db: db.execute(insert(tables.consumer), rows))

    def empty(self) -> None:
        self.database.write(lambda db: db.execute(delete(tables.bill)))

    def take(self, bills: Sequence[Bill]) -> Summary:
        text = "\n".join([HEADER, *(it.line for it in bills)])

        def ignore(at: Progress) -> None:
            del at

        return import_stream(
            "bills",
            io.BytesIO(text.encode()),
            self.records,
            name="bills.csv",
            categories=(),
            rejects=NoneRejected(),
            progress=ignore,
        )

    def standing(self) -> set[Bill]:
        def read(db: Connection) -> set[Bill]:
            return {
                Bill(
                    it.k_number - FIRST_K,
                    it.bill_month % 100,
                    int(it.bill_number[1:]),
                    it.amount // 100,
                )
                for it in db.execute(select(tables.bill))
            }

        return self.database.read(read)


@pytest.fixture(scope="module")
def books(sqlite_template: Path) -> Iterator[Books]:
    database = Database(f"sqlite:///{sqlite_template.with_name('bills.db')}")
    sqlite_template.with_name("bills.db").write_bytes(sqlite_template.read_bytes())
    yield Books(database)
    database.close()


def expected(standing: set[Bill], taken: Sequence[Bill]) -> set[Bill]:
    """The rule, one bill after the other: it replaces what has its number, or its month."""
    for bill in taken:
        standing = {
            it
            for it in standing
            if it.number != bill.number and (it.k, it.month) != (bill.k, bill.month)
        } | {bill}
    return standing


def settled(bills: Sequence[Bill]) -> list[Bill]:
    """A file as it is meant: of bills that exclude each other, the last one."""
    kept: list[Bill] = []
    for bill in reversed(bills):
        if all(it.number != bill.number and it[:2] != bill[:2] for it in kept):
            kept.insert(0, bill)
    return kept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=BILLS, second=BILLS)
def test_files_of_bills_leave_what_the_rule_says(
    books: Books, first: list[Bill], second: list[Bill]
) -> None:
    books.empty()

    books.take(first)
    after_first = books.standing()
    books.take(second)
    after_second = books.standing()

    assert after_first == set(settled(first))
    assert after_second == expected(after_first, settled(second))
    again = books.take(second)
    assert (again.counts.new, again.counts.changed) == (0, 0)
    assert books.standing() == after_second


@given(st.integers(-(10**13), 10**13))
def test_rupees_are_read_back_as_they_were_written(paise: int) -> None:
    sign = "-" if paise < 0 else ""
    written = f"{sign}{abs(paise) // 100}.{abs(paise) % 100:02d}"

    assert cells.read_balance(written) == paise


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_in_each_form(day: date) -> None:
    forms = [f"{day:%Y-%m-%d}", f"{day:%d-%m-%Y}", f"{day:%d/%m/%Y}"]

    assert {cells.read_date(form) for form in forms} == {day.isoformat()}


@given(st.text(max_size=30))
def test_no_cell_breaks_a_reader(cell: str) -> None:
    for read in (
        cells.read_amount,
        cells.read_balance,
        cells.read_block_hours,
        cells.read_count,
        cells.read_date,
        cells.read_k_number,
        cells.read_key,
        cells.read_list,
        cells.read_mobile,
        cells.read_month,
        cells.read_watts,
    ):
        with suppress(cells.BadCell):
            read(cell.strip())


@given(st.binary(max_size=300))
def test_no_file_breaks_the_table(content: bytes) -> None:
    with suppress(Unusable):
        list(Table(io.BytesIO(b"a,b\n" + content), "it").rows())
