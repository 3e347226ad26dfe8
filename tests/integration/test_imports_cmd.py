"""Imports at the terminal: what is said, where, and with which exit code."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import insert

from app.imports_cmd import run_export, run_import, run_seed
from discom.facts import load_discom
from storage import tables
from storage.records import RecordBooks
from storage.seals import Seals
from storage.store import Database

FOLDER = Path(__file__).parents[2] / "data/discom/avvnl"
NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
HEADER = "k_number,receipt_number,paid_on,amount,mode\n"


class Terminal:
    """What a person at the terminal sees, and a folder with a file."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.records = RecordBooks(database, Seals([b"k" * 32]), lambda: NOW)
        self.file = folder / "collections.csv"
        self._out, self._err = io.StringIO(), io.StringIO()
        load_discom(self.records, FOLDER)

    @property
    def out(self) -> str:
        return self._out.getvalue()

    @property
    def err(self) -> str:
        return self._err.getvalue()

    def take(self, kind: str, text: str | None) -> int:
        if text is not None:
            self.file.write_text(text, "utf-8")
        return run_import(
            kind, self.file, self.records, FOLDER, out=Console(file=self._out),
            err=Console(file=self._err),
        )  # fmt: skip

    def seed(self, consumers: int) -> int:
        return run_seed(
            self.records,
            FOLDER,
            out=Console(file=self._out),
            err=Console(file=self._err),
            consumers=consumers,
            number=1,
            months=2,
            today=NOW.date(),
        )


@pytest.fixture
def terminal(sqlite_url: str, tmp_path: Path) -> Terminal:
    return Terminal(Database(sqlite_url), tmp_path)


def test_all_in_is_0_and_counted(terminal: Terminal) -> None:
    terminal.seed(1)

    code = terminal.take("collections", HEADER + "901010000123,R1,2026-11-22,5,Cash\n")

    assert code == 0
    assert "collections: 1 rows, 1 new, 0 changed, 0 unchanged, 0 rejected." in terminal.out
    assert terminal.err == ""


def test_some_rejected_is_3_and_says_where_they_are(terminal: Terminal) -> None:
    code = terminal.take("collections", HEADER + "901010000123,R1,2026-11-22,5,Cash\n")

    assert code == 3
    assert str(terminal.file.with_name("collections.rejected.csv")) in terminal.out


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("collections", "k_number\n", "lacks the columns receipt_number, paid_on, amount, mode"),
        ("collections", "", "is empty"),
        ("collections", None, "cannot be opened: No such file"),
        ("feeder", HEADER, "There is no import of feeder; these kinds are: offices, feeders"),
    ],
)
def test_an_unusable_file_is_2_and_one_sentence_on_stderr(
    terminal: Terminal, kind: str, text: str | None, sentence: str
) -> None:
    code = terminal.take(kind, text)

    assert code == 2
    assert terminal.out == ""
    assert sentence in terminal.err
    assert terminal.err.count("\n") == 1


def test_seeding_says_what_is_in(terminal: Terminal) -> None:
    assert terminal.seed(10) == 0

    assert "10 consumers" in terminal.out


def test_the_days_payments_are_written(terminal: Terminal, sqlite_url: str) -> None:
    database, out = Database(sqlite_url), io.StringIO()
    own = {"k_number": 901010000123, "paid_on": NOW.date(), "amount": 50_000, "mode": "UPI"}
    own |= {"receipt_number": "RCP-1", "gateway_payment_id": "pay_1", "bill_number": "B1"}
    database.write(lambda db: db.execute(insert(tables.collection).values(own)))

    assert run_export(database, date(2026, 11, 23), out) == 0

    assert out.getvalue().splitlines()[1:] == ["901010000123,RCP-1,2026-11-23,500.00,UPI,pay_1,B1"]
    database.close()
