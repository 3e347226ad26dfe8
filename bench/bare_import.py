"""The denominator of an import: csv.reader and executemany, nothing read and nothing checked.

`python -m bench.bare_import URL FILE` makes a table with the same two keys and fills it.
"""

from __future__ import annotations

import csv
import itertools
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

ROWS = 2000  # a transaction


def batches(file: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """The rows, so many at a time."""
    while batch := list(itertools.islice(file, ROWS)):
        yield batch


def table(columns: list[str]) -> str:
    """A table of these columns."""
    kinds = {"k_number": "BIGINT", "bill_number": "TEXT", "bill_month": "TEXT"}
    typed = ", ".join(f"{name} {kinds.get(name, 'TEXT')} NOT NULL" for name in columns)
    return f"CREATE TABLE bare ({typed}, UNIQUE (k_number, bill_month), UNIQUE (bill_number))"


def into_sqlite(path: str, columns: list[str], rows: Iterator[list[str]]) -> None:
    """Fill a new file."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute(table(columns))
    statement = f"INSERT INTO bare VALUES ({', '.join('?' * len(columns))})"
    for batch in batches(rows):
        db.execute("BEGIN IMMEDIATE")
        db.executemany(statement, batch)
        db.execute("COMMIT")
    db.close()


def into_postgresql(url: str, columns: list[str], rows: Iterator[list[str]]) -> None:
    """Fill a new table."""
    import psycopg

    statement = f"INSERT INTO bare VALUES ({', '.join(['%s'] * len(columns))})"
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("DROP TABLE IF EXISTS bare")
        db.execute(table(columns))
        for batch in batches(rows):
            with db.transaction(), db.cursor() as cursor:
                cursor.executemany(statement, batch)


def main(url: str, path: Path) -> None:
    """Read a file into the database."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = next(rows)
        if url.startswith("sqlite:///"):
            into_sqlite(url.removeprefix("sqlite:///"), columns, rows)
        else:
            into_postgresql(url, columns, rows)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
