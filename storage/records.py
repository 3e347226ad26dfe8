"""The company's records: what imports write, and when they last did."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert  # compiles for SQLite too
from sqlalchemy.exc import IntegrityError

from models.message import Phone
from models.records import (
    AliasRow,
    BillRow,
    CollectionRow,
    ConsumerRow,
    Counts,
    FeederRow,
    LocalityRow,
    OfficeRow,
)
from storage import tables
from storage.bulk import Bulk
from storage.phones import phone_ids
from storage.seals import Seals
from storage.sql import moment, stamp
from storage.store import Database

R = TypeVar("R", bound=tuple[object, ...])
T = TypeVar("T")

LOCK_GOAL = 0.008  # seconds a write may hold SQLite's lock, so that answers do not wait
LEAST_ROWS, FIRST_ROWS, MOST_ROWS = 50, 400, 4_000
BREATH = 0.002  # seconds between two writes on SQLite, for whoever waits for the lock
ATTEMPTS = 3  # at bills that another import is changing too

RUNNING, DONE, FAILED = "running", "done", "failed"

_OFFICE = Bulk(tables.office, OfficeRow._make, OfficeRow._fields, ["code"])
_FEEDER = Bulk(tables.feeder, FeederRow._make, FeederRow._fields, ["code"])
_LOCALITY = Bulk(tables.locality, LocalityRow._make, LocalityRow._fields, ["name", "office_code"])
_CONSUMER: Bulk[tuple[object, ...]] = Bulk(
    tables.consumer,
    tuple,
    ["mobile_id" if name == "mobile" else name for name in ConsumerRow._fields],
    ["k_number"],
)
_CONSUMER_KEY: Bulk[tuple[object, ...]] = Bulk(tables.consumer, tuple, ["k_number"], ["k_number"])
_BILL = Bulk(tables.bill, BillRow._make, BillRow._fields, ["bill_number"])
_ALIAS = Bulk(tables.k_number_alias, AliasRow._make, AliasRow._fields, ["old_k_number"])
_COLLECTION = Bulk(
    tables.collection, CollectionRow._make, CollectionRow._fields, ["receipt_number"]
)
_MOBILE = ConsumerRow._fields.index("mobile")

_RUN = tables.import_run
_FIRST_ROWS = {
    "offices": select(tables.office).limit(1),
    "feeders": select(tables.feeder).limit(1),
    "localities": select(tables.locality).limit(1),
}
_START = insert(_RUN).returning(_RUN.c.id)
_FINISH = update(_RUN).where(_RUN.c.id == bindparam("run"))
_NEWEST = select(func.max(_RUN.c.finished_at)).where(
    _RUN.c.kind == bindparam("wanted"), _RUN.c.state == DONE
)
_OFFICES = select(tables.office.c.code, tables.office.c.kind, tables.office.c.parent_code)
_ADD_FEEDER = insert(tables.feeder).on_conflict_do_nothing(index_elements=["code"])


def newest_import(db: Connection, kind: str) -> datetime | None:
    """When an import of this kind last came to its end; one that failed does not count."""
    finished = db.execute(_NEWEST, {"wanted": kind}).scalar()
    return None if finished is None else moment(finished)


def is_empty(db: Connection, kind: str) -> bool:
    """Whether there is not one row of `offices`, `feeders` or `localities`."""
    return db.execute(_FIRST_ROWS[kind]).first() is None


class RecordBooks:
    """The records, written in steps so short that answers are not held up.

    On SQLite one lock serves all writers: each step is sized by how long the last ones took.
    """

    def __init__(self, database: Database, seals: Seals, now: Callable[[], datetime]) -> None:
        self._database = database
        self._seals = seals
        self._now = now
        self._feeders: set[str] = set()  # that are certainly there
        self._pace = _Pace()
        self._phone_pace = _Pace()

    def start_run(self, kind: str) -> int:
        """Note that an import of this kind begins; the id of the run."""
        begun = {"kind": kind, "state": RUNNING, "started_at": stamp(self._now())}
        run: int = self._database.write(lambda db: db.execute(_START, begun).scalar_one())
        return run

    def finish_run(self, run: int, *, done: bool, rows: int, accepted: int, rejected: int) -> None:
        """Note how a run ended; one that is not done does not count as an import."""
        ended = {
            "state": DONE if done else FAILED,
            "finished_at": stamp(self._now()),
            "rows": rows,
            "accepted": accepted,
            "rejected": rejected,
        }
        self._database.write(lambda db: db.execute(_FINISH.values(ended), {"run": run}))

    def offices(self) -> Mapping[str, tuple[str, str | None]]:
        """Kind and parent of every office, by code."""
        rows = self._database.read(lambda db: db.execute(_OFFICES).all())
        return {code: (kind, parent) for code, kind, parent in rows}

    def known_k_numbers(self, wanted: Collection[int]) -> Collection[int]:
        """Those that are consumers."""
        found = self._database.read(lambda db: list(_CONSUMER_KEY.find(db, k_number=wanted)))
        return {number for (number,) in found if isinstance(number, int)}

    def moved_to(self, wanted: Collection[int]) -> Mapping[int, int]:
        """The number that answers for each old one."""
        found = self._database.read(lambda db: list(_ALIAS.find(db, old_k_number=wanted)))
        return {row.old_k_number: row.new_k_number for row in found}

    def add_feeders(self, offices: Mapping[str, str]) -> None:
        """Make those feeders that are unknown, each under the office named for its code."""
        asked = offices.keys() - self._feeders
        if not asked:
            return
        found = self._database.read(lambda db: list(_FEEDER.find(db, code=asked)))
        missing = asked - {row.code for row in found}
        if missing:
            new = [
                {"code": code, "name": code, "office_code": offices[code]}
                for code in sorted(missing)
            ]
            self._database.write(lambda db: db.execute(_ADD_FEEDER, new))
        self._feeders |= asked

    def put_offices(self, rows: Sequence[OfficeRow]) -> Counts:
        """Write offices."""
        return self._put(_OFFICE, rows, lambda row: row.code, "code", lambda row: row.code)

    def put_feeders(self, rows: Sequence[FeederRow]) -> Counts:
        """Write feeders."""
        return self._put(_FEEDER, rows, lambda row: row.code, "code", lambda row: row.code)

    def put_localities(self, rows: Sequence[LocalityRow]) -> Counts:
        """Write localities."""
        return self._put(
            _LOCALITY,
            rows,
            lambda row: (row.name, row.office_code),
            "office_code",
            lambda row: row.office_code,
        )

    def put_consumers(self, rows: Sequence[ConsumerRow]) -> Counts:
        """Write consumers; their mobiles are sealed."""
        ids = self._phone_ids([row.mobile for row in rows if row.mobile])
        stored: list[tuple[object, ...]] = [
            (*row[:_MOBILE], ids[row.mobile] if row.mobile else None, *row[_MOBILE + 1 :])
            for row in rows
        ]
        return self._put(_CONSUMER, stored, lambda row: row[0], "k_number", lambda row: row[0])

    def put_aliases(self, rows: Sequence[AliasRow]) -> Counts:
        """Write which number answers for an old one."""
        return self._put(
            _ALIAS,
            rows,
            lambda row: row.old_k_number,
            "old_k_number",
            lambda row: row.old_k_number,
        )

    def put_collections(self, rows: Sequence[CollectionRow]) -> Counts:
        """Write collections; one that names a receipt or payment of ours is matched, not added."""
        return self._put(
            _COLLECTION,
            rows,
            lambda row: row.receipt_number,
            "receipt_number",
            lambda row: row.receipt_number,
        )

    def put_bills(self, rows: Sequence[BillRow]) -> Counts:
        """Write bills; one takes the place of another of the same connection and month."""
        rows = _last_bills(rows)
        for attempt in range(1, ATTEMPTS + 1):
            plan = _BillPlan(rows, self._database.read(_standing_bills, rows))
            try:
                if plan.movers:
                    self._database.write(plan.move)
                self._write(_BILL, sorted(plan.others, key=lambda row: (row[1], row[2])))
            except IntegrityError:
                # Another import took the same month of a connection in between.
                if attempt == ATTEMPTS:
                    raise
            else:
                break
        return plan.counts

    def _put(
        self,
        bulk: Bulk[R],
        rows: Sequence[R],
        key: Callable[[R], Hashable],
        column: str,
        value: Callable[[R], object],
    ) -> Counts:
        """Write what is new or changed, by its key; the column is how what stands is found."""
        last = {key(row): row for row in rows}
        wanted = {value(row) for row in rows}
        found = self._database.read(lambda db: list(bulk.find(db, **{column: wanted})))  # type: ignore[arg-type]  # keys are int or str
        standing = {key(row): row for row in found}
        new = [row for name, row in last.items() if name not in standing]
        changed = [row for name, row in last.items() if standing.get(name, row) != row]
        self._write(bulk, sorted(new + changed, key=key))  # type: ignore[arg-type]  # keys of one table compare
        return Counts(len(new), len(changed), len(rows) - len(new) - len(changed))

    def _write(self, bulk: Bulk[R], rows: Sequence[R]) -> None:
        for part in self._parts(rows, self._pace):
            self._pace.took(len(part), self._database.write(_timed(bulk.put), part))

    def _phone_ids(self, phones: Collection[Phone]) -> dict[Phone, int]:
        ids: dict[Phone, int] = {}

        def find(db: Connection, part: Sequence[Phone]) -> None:
            ids.update(phone_ids(db, self._seals, part))

        for part in self._parts(list(dict.fromkeys(phones)), self._phone_pace):
            self._phone_pace.took(len(part), self._database.write(_timed(find), part))
        return ids

    def _parts(self, rows: Sequence[T], pace: _Pace) -> Iterator[Sequence[T]]:
        if not self._database.is_sqlite:
            if rows:
                yield rows
            return
        place = 0
        while place < len(rows):
            if place:
                time.sleep(BREATH)
            part = rows[place : place + pace.rows]
            yield part
            place += len(part)
        if place:
            time.sleep(BREATH)


class _Pace:
    """How many rows one write may take to hold the lock for about its goal."""

    def __init__(self) -> None:
        self.rows = FIRST_ROWS

    def took(self, rows: int, seconds: float) -> None:
        """Learn from a write; twice as many at most, and at least half."""
        fitting = rows * LOCK_GOAL / max(seconds, 1e-6)
        fitting = min(max(fitting, self.rows / 2), self.rows * 2)
        self.rows = round(min(max(fitting, LEAST_ROWS), MOST_ROWS))


def _timed(
    write: Callable[[Connection, Sequence[T]], None],
) -> Callable[[Connection, Sequence[T]], float]:
    def timed(db: Connection, rows: Sequence[T]) -> float:
        begun = time.perf_counter()
        write(db, rows)
        return time.perf_counter() - begun

    return timed


def _last_bills(rows: Sequence[BillRow]) -> Sequence[BillRow]:
    """The rows without those that a later one of the same number, or month, replaces."""
    numbers = {row[0] for row in rows}
    months = {row[1:3] for row in rows}
    if len(numbers) == len(months) == len(rows):
        return rows
    kept: list[BillRow] = []
    numbers.clear()
    months.clear()
    for row in reversed(rows):
        if row[0] not in numbers and row[1:3] not in months:
            numbers.add(row[0])
            months.add(row[1:3])
            kept.append(row)
    return kept[::-1]


def _standing_bills(db: Connection, rows: Sequence[BillRow]) -> list[BillRow]:
    """The bills that have a month, or a number, of these."""
    wanted = {"k_number": {row[1] for row in rows}, "bill_month": {row[2] for row in rows}}
    found = list(_BILL.find(db, **wanted))
    elsewhere = {row[0] for row in rows} - {row[0] for row in found}
    return [*found, *_BILL.find(db, bill_number=elsewhere)]


class _BillPlan:
    """What has to be written so that these bills stand."""

    def __init__(self, rows: Sequence[BillRow], standing: Sequence[BillRow]) -> None:
        by_number = {row[0]: row for row in standing}
        by_month = {row[1:3]: row for row in standing}
        self.movers: list[BillRow] = []  # they take another's place, or leave their own
        self.others: list[BillRow] = []
        self._gone: set[str] = set()
        new = 0
        for row in rows:
            same = by_number.get(row[0])
            if same == row:
                continue
            there = by_month.get(row[1:3])
            if there is same is None:
                new += 1
                self.others.append(row)
            elif there is same:
                self.others.append(row)
            else:
                self.movers.append(row)
                if there is not None:
                    self._gone.add(there[0])
        written = len(self.movers) + len(self.others)
        self.counts = Counts(new, written - new, len(rows) - written)

    def move(self, db: Connection) -> None:
        """Make room, then write those that move."""
        if self._gone:
            _BILL.remove(db, "bill_number", self._gone)
        _BILL.put(db, self.movers)
