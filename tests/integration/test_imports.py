"""The company's files come in: on SQLite and on PostgreSQL, again and again, row by row."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, insert, select

from discom.imports import Summary, UnknownKind, import_file
from discom.table import Unusable
from models.records import Counts
from storage import tables
from storage.records import RecordBooks, newest_import
from storage.seals import Seals
from storage.store import Database

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SEALS = Seals([b"k" * 32])
K, K2, STRANGER = "901010000123", "901010000131", "901010009999"

OFFICE = {
    "office_code": "AJC-101",
    "kind": "subdivision",
    "name": "Hathi Bhata",
    "name_hi": "हाथी भाटा",
    "parent_code": "AVVNL",
    "served_by": "",
    "helpline": "1912",
}
CONSUMER = {
    "k_number": K,
    "name": "Ramesh Kumar",
    "name_hi": "रमेश कुमार",
    "address": "12 Station Road, Ajmer",
    "locality": "Station Road",
    "pincode": "305001",
    "mobile": "9999000001",
    "email": "",
    "category": "LT-1",
    "sanctioned_load_kw": "2.5",
    "phase": "1",
    "office_code": "AJC-101",
    "feeder_code": "F-11",
    "meter_number": "M1",
    "connected_on": "01-04-2012",
    "status": "active",
}
BILL = {
    "k_number": K,
    "bill_number": "B1",
    "bill_month": "2026-11",
    "bill_date": "2026-11-20",
    "due_date": "05/12/2026",
    "previous_reading": "4381",
    "current_reading": "4521",
    "units": "140",
    "fixed_charge": "150.00",
    "energy_charge": "778",
    "electricity_duty": "56",
    "cess": "35",
    "fuel_surcharge": "80",
    "other_charges": "141",
    "subsidy": "0",
    "arrears": "0",
    "amount": "1240.00",
    "amount_after_due": "1264",
}
COLLECTION = {
    "k_number": K,
    "receipt_number": "R1",
    "paid_on": "2026-11-22",
    "amount": "1240",
    "mode": "Cash",
}

Row = Mapping[str, str]


@dataclass
class World:
    """A database, the office lists in it, and a folder to put files in."""

    database: Database
    folder: Path

    def __post_init__(self) -> None:
        self.records = RecordBooks(self.database, SEALS, lambda: NOW)
        company = OFFICE | {"office_code": "AVVNL", "kind": "company", "parent_code": ""}
        self.take("offices", company, OFFICE)

    def take(self, kind: str, *rows: Row) -> Summary:
        return self.take_file(kind, self.write(kind, rows))

    def take_file(self, kind: str, path: Path) -> Summary:
        return import_file(
            kind, path, self.records, categories={"LT-1", "HT-5"}, progress=lambda _at: None
        )

    def write(self, kind: str, rows: Sequence[Row]) -> Path:
        path = self.folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    def rejected(self, kind: str) -> list[dict[str, str]]:
        with (self.folder / f"{kind}.rejected.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def rows(self, table: Table) -> list[Any]:
        return self.database.read(
            lambda db: list(db.execute(select(table).order_by(*table.primary_key or table.c)))
        )

    def reason(self, kind: str, row: Row) -> str:
        """Why a row is refused, as the file beside says it."""
        assert self.take(kind, row).rejected == 1
        return self.rejected(kind)[0]["reason"]


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    return World(database, tmp_path)


def test_a_bill_comes_in_as_paise_and_dates(world: World) -> None:
    world.take("consumers", CONSUMER)

    summary = world.take("bills", BILL)

    assert (summary.counts, summary.rejected, summary.doubtful) == (Counts(new=1), 0, 0)
    assert summary.exit_code == 0
    [row] = world.rows(tables.bill)
    assert (row.bill_number, row.k_number, row.bill_month) == ("B1", int(K), 202611)
    assert (row.bill_date.isoformat(), row.due_date.isoformat()) == ("2026-11-20", "2026-12-05")
    assert (row.amount, row.amount_after_due, row.fixed_charge) == (124_000, 126_400, 15_000)
    assert row.water_cess == row.tcs == 0


def test_importing_twice_changes_nothing(world: World) -> None:
    files = {
        "feeders": [
            {"feeder_code": "F-11", "name": "Town", "name_hi": "शहर", "office_code": "AJC-101"}
            | {"kind": "urban"}
        ],
        "localities": [
            {"name": "Station Road", "name_hi": "", "office_code": "AJC-101"}
            | {"feeder_codes": "F-11;F-12", "pincode": "305001", "aliases": "Stn Road"}
        ],
        "consumers": [CONSUMER, CONSUMER | {"k_number": K2, "mobile": "", "connected_on": ""}],
        "bills": [BILL, BILL | {"k_number": K2, "bill_number": "B2"}],
        "collections": [COLLECTION],
        "k-number-aliases": [
            {"old_k_number": "901010000019", "new_k_number": K, "effective_on": "2026-10-01"}
        ],
    }
    for kind, rows in files.items():
        assert world.take(kind, *rows).counts == Counts(new=len(rows)), kind
    before = {it.name: world.rows(it) for it in tables.metadata.sorted_tables}

    for kind, rows in files.items():
        assert world.take(kind, *rows).counts == Counts(unchanged=len(rows)), kind

    after = {it.name: world.rows(it) for it in tables.metadata.sorted_tables}
    del before["import_run"], after["import_run"]
    assert after == before


def test_a_changed_row_updates(world: World) -> None:
    world.take("consumers", CONSUMER)
    world.take("bills", BILL)
    world.take("collections", COLLECTION)

    changes = [
        world.take("consumers", CONSUMER | {"status": "Disconnected", "mobile": "09999000002"}),
        world.take("bills", BILL | {"amount": "1300"}),
        world.take("collections", COLLECTION | {"amount": "1300"}),
        world.take("offices", OFFICE | {"helpline": "1800"}),
    ]

    assert [it.counts for it in changes] == [Counts(changed=1)] * 4
    assert world.rows(tables.consumer)[0].status == "disconnected"
    assert world.rows(tables.bill)[0].amount == 130_000
    assert world.rows(tables.collection)[0].amount == 130_000
    assert [it.helpline for it in world.rows(tables.office)] == ["1800", "1912"]
    assert len(world.rows(tables.phone)) == 2


def test_a_new_number_for_the_same_month_takes_the_old_bills_place(world: World) -> None:
    world.take("consumers", CONSUMER)
    world.take("bills", BILL)

    summary = world.take("bills", BILL | {"bill_number": "B1-R", "amount": "1100"})

    assert summary.counts == Counts(changed=1)
    assert [(it.bill_number, it.amount) for it in world.rows(tables.bill)] == [("B1-R", 110_000)]


def test_bills_may_change_places(world: World) -> None:
    october = BILL | {"bill_number": "B0", "bill_month": "2026-10"}
    world.take("consumers", CONSUMER)
    world.take("bills", october, BILL)

    summary = world.take(
        "bills", october | {"bill_month": "2026-11"}, BILL | {"bill_month": "2026-10"}
    )

    assert summary.counts == Counts(changed=2)
    found = {it.bill_number: it.bill_month for it in world.rows(tables.bill)}
    assert found == {"B0": 202611, "B1": 202610}


def test_of_two_rows_of_one_key_the_last_counts(world: World) -> None:
    world.take("consumers", CONSUMER, CONSUMER | {"name": "Ramesh K"})

    same_number = world.take("bills", BILL, BILL | {"amount": "1300"})
    same_month = world.take("bills", BILL | {"amount": "1"}, BILL | {"bill_number": "B9"})

    assert world.rows(tables.consumer)[0].name == "Ramesh K"
    assert same_number.rejected == same_month.rejected == 0
    assert [(it.bill_number, it.amount) for it in world.rows(tables.bill)] == [("B9", 124_000)]


def test_bad_rows_are_left_beside_the_file_with_line_and_reason(world: World) -> None:
    world.take("consumers", CONSUMER)
    rows = [
        BILL,
        BILL | {"k_number": STRANGER, "bill_number": "B2"},
        BILL | {"k_number": "1.40123E+11", "bill_number": "B3", "due_date": "31-02-2026"},
        BILL | {"bill_number": "B4", "energy_charge": "-5"},
    ]

    summary = world.take("bills", *rows)

    assert (summary.rows, summary.accepted, summary.rejected) == (4, 1, 3)
    assert summary.exit_code == 3
    assert summary.rejected_path == world.folder / "bills.rejected.csv"
    bad = world.rejected("bills")
    assert list(bad[0]) == [*BILL, "line", "reason"]
    assert [it["line"] for it in bad] == ["3", "4", "5"]
    assert [it["bill_number"] for it in bad] == ["B2", "B3", "B4"]
    assert "k_number" in bad[0]["reason"]
    assert "k_number" in bad[1]["reason"]
    assert "due_date" in bad[1]["reason"]
    assert bad[2]["reason"] == 'energy_charge "-5" is negative'


def test_lines_are_counted_through_cells_of_many_lines(world: World) -> None:
    world.take(
        "consumers",
        CONSUMER | {"address": "12 Gali\nStation Road\nAjmer"},
        CONSUMER | {"k_number": "12"},
    )

    assert world.rejected("consumers")[0]["line"] == "5"
    assert world.rows(tables.consumer)[0].address == "12 Gali Station Road Ajmer"


def test_the_rejected_rows_mended_are_a_file_to_import(world: World) -> None:
    world.take("consumers", CONSUMER)
    world.take("bills", BILL | {"units": "many"})
    path = world.folder / "bills.rejected.csv"
    path.write_text(path.read_text("utf-8").replace("many", "142"), "utf-8")

    summary = world.take_file("bills", path)

    assert summary.counts == Counts(new=1)
    path.write_text(path.read_text("utf-8").replace("142", "few"), "utf-8")
    world.take_file("bills", path)
    with (world.folder / "bills.rejected.rejected.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == [*BILL, "line", "reason"]


def test_rejected_rows_of_an_earlier_import_do_not_stay_behind(world: World) -> None:
    world.take("consumers", CONSUMER)
    world.take("bills", BILL | {"units": "many"})

    world.take("bills", BILL)

    assert not (world.folder / "bills.rejected.csv").exists()


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"office_code": "XYZ"}, 'office_code "XYZ" is no office we know'),
        ({"category": "LT-99"}, 'category "LT-99" is not one of'),
        ({"phase": "2"}, 'phase "2" is neither 1 nor 3'),
        ({"status": "gone"}, 'status "gone" is not one of'),
        ({"mobile": "12345"}, 'mobile "12345" is not a mobile number'),
        ({"sanctioned_load_kw": "-1"}, 'sanctioned_load_kw "-1" is negative'),
        ({"name": ""}, "name is empty"),
        ({"meter_number": "1.2E+12"}, 'meter_number "1.2E+12" was shortened'),
    ],
)
def test_a_consumer_is_refused_for_what_stands_in_its_column(
    world: World, change: dict[str, str], column: str
) -> None:
    assert column in world.reason("consumers", CONSUMER | change)


@pytest.mark.parametrize("column", ["amount", "arrears", "other_charges"])
def test_three_columns_may_be_negative(world: World, column: str) -> None:
    world.take("consumers", CONSUMER)

    assert world.take("bills", BILL | {column: "-250"}).rejected == 0
    assert getattr(world.rows(tables.bill)[0], column) == -25_000


@pytest.mark.parametrize(
    "column",
    ["units", "fixed_charge", "subsidy", "amount_after_due", "previous_reading", "cess"],
)
def test_every_other_negative_is_refused(world: World, column: str) -> None:
    world.take("consumers", CONSUMER)

    assert world.reason("bills", BILL | {column: "-250"}).startswith(column)


def test_a_row_with_too_few_or_too_many_cells_is_refused(world: World) -> None:
    path = world.folder / "collections.csv"
    path.write_text(
        "k_number,receipt_number,paid_on,amount,mode\n"
        f"{K},R1,2026-11-22,1240\n"
        f"{K},R2,2026-11-22,1,240,Cash\n"
        f"{K},R3,2026-11-22,1240,Cash,,\n",
        "utf-8",
    )
    world.take("consumers", CONSUMER)

    summary = world.take_file("collections", path)

    assert (summary.accepted, summary.rejected) == (1, 2)
    assert world.rejected("collections")[1]["reason"] == (
        "the row has 6 cells where the header names 5 columns"
    )


def test_parts_that_do_not_add_up_are_a_doubt_and_no_reason_to_refuse(world: World) -> None:
    world.take("consumers", CONSUMER)

    summary = world.take("bills", BILL | {"arrears": "300"})

    assert (summary.accepted, summary.doubtful, summary.exit_code) == (1, 1, 0)


def test_extra_columns_are_ignored_and_optional_ones_taken(world: World) -> None:
    world.take("consumers", CONSUMER)

    world.take("bills", {"remarks": "x"} | BILL | {"meter_status": "OK", "water_cess": "14"})

    [row] = world.rows(tables.bill)
    assert (row.meter_status, row.water_cess) == ("OK", 1_400)


def test_a_missing_column_makes_the_file_unusable_and_is_named(world: World) -> None:
    without = {name: cell for name, cell in BILL.items() if name not in {"amount", "due_date"}}

    with pytest.raises(Unusable, match="lacks the columns due_date, amount"):
        world.take("bills", without)

    assert [it.kind for it in world.rows(tables.import_run)] == ["offices"]


def test_an_unknown_kind_is_told_with_those_there_are(world: World) -> None:
    with pytest.raises(UnknownKind, match="no import of invoices; these kinds are: offices, feed"):
        world.take("invoices", BILL)


def test_a_missing_file_and_a_folder_are_told(world: World) -> None:
    with pytest.raises(Unusable, match="cannot be opened: No such file"):
        world.take_file("bills", world.folder / "none.csv")
    with pytest.raises(Unusable, match="is a folder"):
        world.take_file("bills", world.folder)


def test_an_unknown_feeder_is_made_under_the_rows_office(world: World) -> None:
    world.take("consumers", CONSUMER)

    [row] = world.rows(tables.feeder)
    assert (row.code, row.name, row.office_code, row.kind) == ("F-11", "F-11", "AJC-101", "")


def test_offices_come_in_whatever_their_order(world: World) -> None:
    division = OFFICE | {"office_code": "D", "kind": "division", "parent_code": "C"}
    circle = OFFICE | {"office_code": "C", "kind": "circle"}

    summary = world.take("offices", division, circle)

    assert summary.counts == Counts(new=2)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"parent_code": "NOWHERE"}, 'parent_code "NOWHERE" is no office we know'),
        ({"parent_code": ""}, "parent_code is empty"),
        ({"parent_code": "AJC-101"}, 'parent_code "AJC-101" is a subdivision'),
        ({"kind": "village"}, 'kind "village" is not one of'),
        (
            {"office_code": "AVVNL", "kind": "subdivision", "parent_code": "AVVNL"},
            'kind "subdivision" does not fit the offices below AVVNL',
        ),
    ],
)
def test_an_office_must_stand_somewhere(world: World, change: dict[str, str], reason: str) -> None:
    assert world.reason("offices", OFFICE | {"office_code": "N"} | change).startswith(reason)


def test_a_number_does_not_move_to_itself(world: World) -> None:
    row = {"old_k_number": K, "new_k_number": K, "effective_on": "2026-10-01"}

    assert "new_k_number" in world.reason("k-number-aliases", row)


def test_what_is_paid_on_a_number_after_it_moved_counts_for_the_new_one(world: World) -> None:
    world.take("consumers", CONSUMER, CONSUMER | {"k_number": K2, "status": "closed"})
    world.take(
        "k-number-aliases", {"old_k_number": K2, "new_k_number": K, "effective_on": "2026-10-01"}
    )

    world.take(
        "collections",
        COLLECTION | {"k_number": K2, "paid_on": "2026-09-30"},
        COLLECTION | {"k_number": K2, "receipt_number": "R2"},
    )

    assert [it.k_number for it in world.rows(tables.collection)] == [int(K2), int(K)]


def test_money_for_an_unknown_number_is_refused(world: World) -> None:
    assert "k_number" in world.reason("collections", COLLECTION)


def test_our_own_money_that_comes_back_is_matched_and_not_added(world: World) -> None:
    world.take("consumers", CONSUMER)
    own = {"k_number": int(K), "paid_on": NOW.date(), "amount": 50_000, "mode": "UPI"}
    own |= {"receipt_number": "RCP-1", "gateway_payment_id": "pay_1"}
    payment = {"gateway_payment_id": "pay_1", "link_id": 1, "amount": 50_000, "state": "paid"}
    link = {"id": 1, "code": "c", "reference": "r", "amount": 50_000, "state": "paid", "tag": "en"}
    part = {"link_id": 1, "bill_number": "B1", "k_number": int(K), "amount": 50_000, "live": False}

    def put(db: Connection) -> None:
        db.execute(insert(tables.payment_link_part).values(part))
        db.execute(insert(tables.payment_link).values(link | {"asked_at": 1, "expires_at": 2}))
        db.execute(insert(tables.payment).values(payment | {"captured_at": 1}))
        db.execute(insert(tables.collection).values(own))

    world.database.write(put)
    back = COLLECTION | {"amount": "500", "receipt_number": "pay_1"}

    first = world.take("collections", back, COLLECTION)
    second = world.take("collections", COLLECTION | {"amount": "500", "receipt_number": "RCP-1"})

    assert (first.counts, second.counts) == (Counts(new=1, unchanged=1), Counts(unchanged=1))
    rows = {it.receipt_number: it for it in world.rows(tables.collection)}
    assert sorted(rows) == ["R1", "RCP-1"]
    assert rows["RCP-1"].posted_on.isoformat() == "2026-11-23"
    assert [it.state for it in world.rows(tables.payment)] == ["posted"]


def test_a_link_for_an_older_bill_is_looked_at_soon(world: World) -> None:
    world.take("consumers", CONSUMER)
    world.take("bills", BILL)
    link = {"id": 1, "code": "c", "reference": "r", "amount": 124_000, "state": "asked"}
    link |= {"tag": "en", "asked_at": 1, "expires_at": 2, "check_at": 9_999_999_999_999}
    part = {"link_id": 1, "bill_number": "B1", "k_number": int(K), "amount": 124_000, "live": True}

    def put(db: Connection) -> None:
        db.execute(insert(tables.payment_link).values(link))
        db.execute(insert(tables.payment_link_part).values(part))

    world.database.write(put)
    world.take("bills", BILL)
    assert world.rows(tables.payment_link)[0].check_at == 9_999_999_999_999

    world.take("bills", BILL | {"bill_month": "2026-12", "bill_number": "B2"})

    assert world.rows(tables.payment_link)[0].check_at == NOW.timestamp() * 1000


def test_a_mobile_is_kept_sealed_and_once(world: World) -> None:
    world.take("consumers", CONSUMER, CONSUMER | {"k_number": K2, "mobile": "+91 9999000001"})

    [phone] = world.rows(tables.phone)
    assert SEALS.unseal(phone.sealed) == "+919999000001"
    assert {it.mobile_id for it in world.rows(tables.consumer)} == {phone.id}


def test_a_finished_run_tells_when_bills_were_last_imported(world: World) -> None:
    world.take("consumers", CONSUMER)
    assert world.database.read(newest_import, "bills") is None

    world.take("bills", BILL, BILL | {"k_number": STRANGER})

    run = world.rows(tables.import_run)[-1]
    assert (run.kind, run.state, run.rows, run.accepted, run.rejected) == ("bills", "done", 2, 1, 1)
    assert world.database.read(newest_import, "bills") == NOW


def test_a_run_that_breaks_off_does_not_count_but_keeps_what_came_in(world: World) -> None:
    world.take("consumers", CONSUMER)
    path = world.write("bills", [BILL, *(BILL | {"k_number": STRANGER} for _ in range(9000))])
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")

    with pytest.raises(Unusable, match="not UTF-8"):
        world.take_file("bills", path)

    assert world.rows(tables.import_run)[-1].state == "failed"
    assert world.database.read(newest_import, "bills") is None
    assert len(world.rows(tables.bill)) == 1


def test_many_rows_come_in_by_short_writes(world: World) -> None:
    numbers = [f"90101{n:07d}" for n in range(5_000)]
    world.take("consumers", *({**CONSUMER, "k_number": k, "mobile": ""} for k in numbers))

    summary = world.take(
        "bills", *({**BILL, "k_number": k, "bill_number": f"B{k}"} for k in numbers)
    )

    assert summary.counts == Counts(new=5_000)
    assert len(world.rows(tables.bill)) == 5_000
