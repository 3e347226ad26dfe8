"""The company's records: what imports write, and when they last did."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import TypeVar

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert  # compiles for SQLite too
from sqlalchemy.exc import IntegrityError

from models.k_number import KNumber
from models.message import Phone
from models.money import Money
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
from storage.links import look_again
from storage.payments import Collected, post_collections
from storage.phones import phone_ids
from storage.seals import Seals
from storage.sql import moment, stamp
from storage.store import Database

R = TypeVar("R", bound=tuple[object, ...])
T = TypeVar("T")
V = TypeVar("V")

LOCK_GOAL = 0.005  # seconds a write may hold SQLite's lock, so that answers do not wait
LEAST_ROWS, FIRST_ROWS, MOST_ROWS = 200, 400, 4_000
BREATH = 0.0016  # seconds between two writes on SQLite, for whoever waits for the lock
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
_COLLECTION: Bulk[tuple[object, ...]] = Bulk(
    tables.collection, tuple, [*CollectionRow._fields, "gateway_payment_id"], ["receipt_number"]
)
_LIVE: Bulk[tuple[object, ...]] = Bulk(
    tables.payment_link_part, tuple, ["k_number", "live"], ["link_id", "bill_number"]
)
_MOBILE = ConsumerRow._fields.index("mobile")

_RUN = tables.import_run
_FIRST_ROW = {
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
        self._posting_pace = _Pace()

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

    def is_empty(self, kind: str) -> bool:
        """Whether there is not one row of this kind of list: offices, feeders or localities."""
        return self._database.read(lambda db: db.execute(_FIRST_ROW[kind]).first() is None)

    def offices(self) -> Mapping[str, tuple[str, str | None]]:
        """Kind and parent of every office, by code."""
        rows = self._database.read(lambda db: db.execute(_OFFICES).all())
        return {code: (kind, parent) for code, kind, parent in rows}

    def known_k_numbers(self, wanted: Collection[int]) -> Collection[int]:
        """Those that are consumers."""
        found = self._database.read(lambda db: list(_CONSUMER_KEY.find(db, k_number=wanted)))
        return {number for (number,) in found if isinstance(number, int)}

    def moves(self, wanted: Collection[int]) -> Mapping[int, AliasRow]:
        """Which of these numbers have moved, and where to."""
        found = self._database.read(lambda db: list(_ALIAS.find(db, old_k_number=wanted)))
        return {row.old_k_number: row for row in found}

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
        last = list({row.receipt_number: row for row in rows}.values())
        receipts = {row.receipt_number for row in last}
        found = self._database.read(lambda db: list(_COLLECTION.find(db, receipt_number=receipts)))
        # The payment's id is empty for money that came elsewhere: it is as it stands, or changed.
        elsewhere = {row[0]: row[:-1] for row in found if row[-1] is None}
        rest = [row for row in last if elsewhere.get(row.receipt_number) != row]
        ours = 0

        def post(db: Connection, part: Sequence[CollectionRow]) -> int:
            collected = [
                Collected(
                    k_number=KNumber(f"{row.k_number:012d}"),
                    receipt_number=row.receipt_number,
                    paid_on=date.fromisoformat(row.paid_on),
                    amount=Money(row.amount),
                    mode=row.mode,
                )
                for row in part
            ]
            return post_collections(db, collected, self._now())

        for part in self._parts(rest, self._posting_pace):
            seconds, matched = self._database.write(_timed(post), part)
            self._posting_pace.took(len(part), seconds)
            ours += matched
        changed = sum(row.receipt_number in elsewhere for row in rest)
        new = len(rest) - changed - ours
        return Counts(new, changed, len(rows) - new - changed)

    def put_bills(self, rows: Sequence[BillRow]) -> Counts:
        """Write bills; one takes the place of another of the same connection and month."""
        rows = _last_bills(rows)
        for attempt in range(1, ATTEMPTS + 1):
            plan = _BillPlan(rows, self._database.read(_standing_bills, rows))
            try:
                if plan.movers:
                    self._database.write(plan.move, self._now())
                self._write(self._put_bills, sorted(plan.others, key=itemgetter(1, 2)))
            except IntegrityError:
                # Another import took the same month of a connection in between.
                if attempt == ATTEMPTS:
                    raise
            else:
                break
        return plan.counts

    def _put_bills(self, db: Connection, rows: Sequence[BillRow]) -> None:
        _put_bills(db, rows, self._now())

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
        self._write(bulk.put, sorted(new + changed, key=key))  # type: ignore[arg-type]  # keys of one table compare
        return Counts(len(new), len(changed), len(rows) - len(new) - len(changed))

    def _write(self, put: Callable[[Connection, Sequence[T]], None], rows: Sequence[T]) -> None:
        for part in self._parts(rows, self._pace):
            seconds, _ = self._database.write(_timed(put), part)
            self._pace.took(len(part), seconds)

    def _phone_ids(self, phones: Collection[Phone]) -> dict[Phone, int]:
        ids: dict[Phone, int] = {}

        def find(db: Connection, part: Sequence[Phone]) -> dict[Phone, int]:
            return phone_ids(db, self._seals, part)

        for part in self._parts(list(dict.fromkeys(phones)), self._phone_pace):
            seconds, found = self._database.write(_timed(find), part)
            self._phone_pace.took(len(part), seconds)
            ids |= found
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
    write: Callable[[Connection, Sequence[T]], V],
) -> Callable[[Connection, Sequence[T]], tuple[float, V]]:
    def timed(db: Connection, rows: Sequence[T]) -> tuple[float, V]:
        begun = time.perf_counter()
        value = write(db, rows)
        return time.perf_counter() - begun, value

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

    def move(self, db: Connection, now: datetime) -> None:
        """Make room, then write those that move."""
        if self._gone:
            _BILL.remove(db, "bill_number", self._gone)
        _put_bills(db, self.movers, now)


def _put_bills(db: Connection, rows: Sequence[BillRow], now: datetime) -> None:
    """Write bills; links that ask for what is on an older one are looked at soon."""
    _BILL.put(db, rows)
    asked = _LIVE.find(db, k_number={row[1] for row in rows})
    look_again(db, {KNumber(f"{k:012d}") for k, live in asked if live}, now)
