"""One hop to the database: callers hand over a whole read or write, storage runs it for them.

A query is a plain function `(db: Connection, …) -> value`. Writes run on a thread; those that wait
together share one transaction and one commit ("group commit"): if one of them fails, the batch is
rolled back and each runs alone. So a write must be harmless when run a second time.
Reads run on threads too where the database is far away. SQLite is so near that the way to a thread
and back costs more than the read: there they run at once, so a read is to be short.
"""

from __future__ import annotations

import asyncio
import queue
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from models.errors import Temporary

P = ParamSpec("P")
T = TypeVar("T")

BATCH = 64  # writes that may share one transaction
LOCK_PATIENCE = 10.0  # seconds a write waits for another process's lock on SQLite
LONG_WRITE, STEP_ASIDE = 0.010, 0.003  # seconds
READ_PATIENCE = 5000  # milliseconds a read waits while SQLite mends or starts its log
LOG_PATIENCE = 250  # milliseconds that emptying the log waits for readers, and holds up writers
# A server that has gone away is noticed within a minute, even where the network says nothing.
POSTGRES_PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
POSTGRES_READERS = 4


def database_url(text: str) -> URL:
    """The URL as SQLAlchemy wants it; whatever driver it names is ignored."""
    url = make_url(text)
    kind = url.get_backend_name()
    if kind in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url.set(drivername="sqlite+pysqlite")


class Database:
    """A database on plain connections, for whoever has a thread of their own."""

    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)

    def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one read on a connection of its own."""
        with self.engine.connect() as db, db.begin():
            return query(db, *args, **kwargs)

    def write(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one write in a transaction of its own; a long one then lets others go first."""
        began = time.monotonic()
        with self.engine.connect() as db, self.transaction(db):
            result = query(db, *args, **kwargs)
        if self.is_sqlite and time.monotonic() - began > LONG_WRITE:
            # A row of long writes would keep the lock for itself: whoever waits asks every ms.
            time.sleep(STEP_ASIDE)
        return result

    @contextmanager
    def transaction(self, db: Connection) -> Iterator[None]:
        """A write transaction; on SQLite it holds the write lock from its first moment."""
        if self.is_sqlite:
            _take_write_lock(db)
        try:
            with db.begin() if not db.in_transaction() else _commit_at_end(db):
                yield
        except BaseException:
            if db.in_transaction():
                db.rollback()
            raise

    def empty_log(self) -> bool:
        """Bring SQLite's log into its file and leave nothing in it; False while others read."""
        if not self.is_sqlite:
            return True
        with self._patiently(LOG_PATIENCE) as raw:
            busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def rewrite(self) -> bool:
        """Write SQLite's file anew, without a byte of what was deleted; False while others read.

        Writers wait meanwhile. `secure_delete` blanks a row where it stands, but moving rows to
        another page may leave copies behind, in indexes above all.
        """
        if not self.is_sqlite:
            return True
        with self._patiently(READ_PATIENCE) as raw:
            raw.execute("PRAGMA temp_store=FILE")  # a copy of it all may not fit into memory
            try:
                raw.execute("VACUUM")
            finally:
                raw.execute("PRAGMA temp_store=MEMORY")
        return self.empty_log()

    @contextmanager
    def _patiently(self, milliseconds: int) -> Iterator[sqlite3.Connection]:
        """SQLite's own connection, waiting so long for others."""
        with self.engine.connect() as db:
            raw = db.connection.dbapi_connection
            assert isinstance(raw, sqlite3.Connection)  # noqa: S101 -- only called for SQLite
            (before,) = raw.execute("PRAGMA busy_timeout").fetchone()
            raw.execute(f"PRAGMA busy_timeout={milliseconds}")
            try:
                yield raw
            finally:
                raw.execute(f"PRAGMA busy_timeout={before}")

    def size(self) -> int:
        """How many bytes SQLite's file has."""
        name = self.url.database if self.is_sqlite else None
        return Path(name).stat().st_size if name else 0

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


@contextmanager
def _commit_at_end(db: Connection) -> Iterator[None]:
    yield
    db.commit()


def _sqlite_engine(url: URL) -> Engine:
    # Errors reach the log, and what people wrote must not: parameters stay hidden.
    engine = create_engine(url, pool_size=5, max_overflow=10, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        # SQLAlchemy's own BEGIN is left out: we begin with BEGIN IMMEDIATE ourselves.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={READ_PATIENCE}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-16000")
        connection.execute("PRAGMA temp_store=MEMORY")
        # Whoever is erased is gone from the file too.
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def begin(db: Connection) -> None:
        if not db.info.pop("write_lock_taken", False):
            db.exec_driver_sql("BEGIN")

    return engine


def _postgres_engine(url: URL) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=POSTGRES_READERS + 2,
        max_overflow=10,
        pool_pre_ping=True,
        connect_args=POSTGRES_PATIENCE,
    )


def _take_write_lock(db: Connection) -> None:
    """BEGIN IMMEDIATE, asked again every millisecond.

    SQLite's own busy handler sleeps up to 100 ms at a time and starves beside a busy importer.
    """
    raw = db.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 -- only called for SQLite
    if not db.info.get("asks_by_itself"):
        raw.execute("PRAGMA busy_timeout=0")
        db.info["asks_by_itself"] = True
    until = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            if time.monotonic() > until:
                raise Temporary("The database is locked by another process.") from error
            time.sleep(0.0005 + random.random() * 0.001)  # noqa: S311 -- spreads the waiters
        else:
            db.info["write_lock_taken"] = True
            db.begin()
            return


@dataclass(slots=True)
class _Call:
    run: Callable[[Connection], Any]
    result: Any = None
    error: BaseException | None = None


@dataclass(slots=True)
class _Asked(_Call):
    """A call that somebody waits for in a loop."""

    loop: asyncio.AbstractEventLoop = field(kw_only=True)
    future: asyncio.Future[Any] = field(kw_only=True)


def _deliver(calls: Sequence[_Asked]) -> None:
    for call in calls:
        if call.future.done():
            continue
        if call.error is not None:
            call.future.set_exception(call.error)
        else:
            call.future.set_result(call.result)


def _answer(calls: Sequence[_Asked]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Asked]] = {}
    for call in calls:
        by_loop.setdefault(call.loop, []).append(call)
    for loop, own in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_deliver, own)


class Store:
    """The database for asyncio: every call is one hop to a thread and back."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._closed = False
        self._writes: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._reads: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._near: Connection | None = None  # for reads that run at once
        readers = 0 if database.is_sqlite else POSTGRES_READERS
        self._threads = [
            threading.Thread(target=self._write_for_ever, name="store-writer", daemon=True)
        ]
        self._threads += [
            threading.Thread(target=self._read_for_ever, name=f"store-reader-{n}", daemon=True)
            for n in range(readers)
        ]
        for thread in self._threads:
            thread.start()

    async def read(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one read; `Temporary` when the database cannot be reached."""
        if self.database.is_sqlite:
            return self._read_at_once(lambda db: query(db, *args, **kwargs))
        return await self._hop(self._reads, lambda db: query(db, *args, **kwargs))

    async def write(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one write, durable when this returns; `Temporary` when it cannot be."""
        return await self._hop(self._writes, lambda db: query(db, *args, **kwargs))

    def close(self) -> None:
        """Finish what waits, then stop the threads; whoever comes later gets `Temporary`."""
        self._closed = True
        self._writes.put(None)
        for _ in self._threads[1:]:
            self._reads.put(None)
        for thread in self._threads:
            thread.join(timeout=10)
        _drop(self._near)
        self.database.close()

    def _read_at_once(self, run: Callable[[Connection], T]) -> T:
        if self._closed:
            raise Temporary("The program is ending.")
        call = _Call(run)
        self._near = self._run_read(self._near, call)
        if call.error is not None:
            raise call.error
        result: T = call.result
        return result

    async def _hop(
        self, lane: queue.SimpleQueue[_Asked | None], run: Callable[[Connection], T]
    ) -> T:
        if self._closed:
            raise Temporary("The program is ending.")
        loop = asyncio.get_running_loop()
        call = _Asked(run, loop=loop, future=loop.create_future())
        lane.put(call)
        result: T = await call.future
        return result

    def _read_for_ever(self) -> None:
        db: Connection | None = None
        while (call := self._reads.get()) is not None:
            db = self._run_read(db, call)
            _answer([call])
        _drop(db)

    def _run_read(self, db: Connection | None, call: _Call) -> Connection | None:
        """Run one read; a connection that was lost meanwhile is made anew once."""
        for held in (db, None):
            db = held
            try:
                db = db or self._connect_for_reads()
                with db.begin():
                    call.result = call.run(db)
                return db
            except Exception as error:  # noqa: BLE001 -- the caller gets it
                _drop(db)
                if held is None or not _is_lost(error):
                    call.error = _explain(error)
                    break
        return None

    def _connect_for_reads(self) -> Connection:
        db = self.database.engine.connect()
        if self.database.is_sqlite:
            return db
        # A transaction would show each statement its own moment anyway, and costs two journeys.
        return db.execution_options(isolation_level="AUTOCOMMIT")

    def _write_for_ever(self) -> None:
        db: Connection | None = None
        ended = False
        while not ended:
            call = self._writes.get()
            if call is None:
                break
            batch = [call]
            while len(batch) < BATCH:
                try:
                    more = self._writes.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    ended = True
                    break
                batch.append(more)
            db = self._run_writes(db, batch)
            _answer(batch)
        _drop(db)

    def _run_writes(self, db: Connection | None, batch: Sequence[_Call]) -> Connection | None:
        """Run a batch of writes; the connection to go on with."""
        held = db is not None
        try:
            db = db or self.database.engine.connect()
            self._run_together(db, batch)
        except Exception as error:  # noqa: BLE001 -- each caller gets its own
            _drop(db)
            if len(batch) > 1 or (held and _is_lost(error)):
                return self._run_singly(batch)
            batch[0].error = _explain(error)
            return None
        return db

    def _run_together(self, db: Connection, batch: Sequence[_Call]) -> None:
        with self.database.transaction(db):
            for call in batch:
                call.result = call.run(db)

    def _run_singly(self, batch: Sequence[_Call]) -> Connection | None:
        db: Connection | None = None
        unreachable: Exception | None = None
        for call in batch:
            if unreachable is not None:
                call.error = unreachable
                continue
            try:
                db = db or self.database.engine.connect()
            except Exception as error:  # noqa: BLE001 -- every caller that waits gets it
                call.error = unreachable = _explain(error)
                continue
            try:
                self._run_together(db, [call])
            except Exception as error:  # noqa: BLE001 -- the caller gets it
                _drop(db)
                call.error, db = _explain(error), None
        return db


def _is_lost(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _explain(error: Exception) -> Exception:
    """A database that does not answer is worth another try; everything else is what it is."""
    if not _is_lost(error):
        if not isinstance(error, OperationalError):
            return error
        # SQLite says "operational" of a missing table, too.
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            return error
    trouble = Temporary("The database did not answer.")
    trouble.__cause__ = error
    return trouble


def _drop(db: Connection | None) -> None:
    if db is not None:
        try:
            db.close()
        except DBAPIError:
            db.invalidate()
