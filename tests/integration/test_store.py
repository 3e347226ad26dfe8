"""The one hop: writes share a commit, fail alone, wait their turn and outlive a lost connection."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, bindparam, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from models.errors import Temporary
from storage.store import Database, Store, database_url
from storage.tables import counter

ROOT = Path(__file__).parents[2]
PUT = insert(counter).values(name=bindparam("name"), value=0)
COUNT = select(func.count()).select_from(counter)

BUSY = """
import sys, time
from storage.store import Database
database = Database(sys.argv[1])
print("ready", flush=True)
while True:
    database.write(lambda db: time.sleep(0.02))
"""
WRITER = """
import sys
from sqlalchemy import insert
from storage.store import Database
from storage.tables import counter
database = Database(sys.argv[1])
print("ready", flush=True)
for n in range(200):
    row = {"name": f"{sys.argv[2]}-{n}", "value": 0}
    database.write(lambda db: db.execute(insert(counter), row))
"""


def put(db: Connection, name: str) -> str:
    db.execute(PUT, {"name": name})
    return name


def count(db: Connection) -> int:
    return db.execute(COUNT).scalar_one()


def hang_up(db: Connection) -> None:
    """End every other connection to this database, as a server that restarts does."""
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    db.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))  # noqa: S608 -- a constant


@contextmanager
def program(source: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that says when it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", source, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("named", "used"),
    [
        ("sqlite:///x.db", "sqlite+pysqlite:///x.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite+pysqlite:///x.db"),
        ("postgresql+asyncpg://h/d", "postgresql+psycopg://h/d"),
        ("postgres://h/d", "postgresql+psycopg://h/d"),
    ],
)
def test_whatever_driver_a_url_names_is_ignored(named: str, used: str) -> None:
    assert str(database_url(named)) == used


async def test_what_was_written_can_be_read(store: Store) -> None:
    assert await store.write(put, "a") == "a"

    assert await store.read(count) == 1


async def test_writes_that_wait_together_are_all_kept(store: Store) -> None:
    names = [f"n{n}" for n in range(300)]

    assert await asyncio.gather(*(store.write(put, name) for name in names)) == names

    assert await store.read(count) == 300


async def test_a_write_that_fails_fails_alone(store: Store) -> None:
    await store.write(put, "there")

    results = await asyncio.gather(
        *(store.write(put, name) for name in ("a", "b", "there", "c")), return_exceptions=True
    )

    assert [type(it) for it in results] == [str, str, IntegrityError, str]
    assert await store.read(count) == 4


async def test_an_exception_of_our_own_rolls_back_what_its_write_did(store: Store) -> None:
    def put_and_fail(db: Connection) -> None:
        put(db, "half")
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(put_and_fail)

    assert await store.read(count) == 0
    assert await store.write(put, "half") == "half"


async def test_a_mistake_in_a_query_is_not_taken_for_a_missing_database(store: Store) -> None:
    with pytest.raises((OperationalError, ProgrammingError)):
        await store.read(lambda db: db.execute(text("SELECT * FROM nowhere")))

    assert await store.read(count) == 0


async def test_closing_finishes_what_waits(database_url: str) -> None:
    store = Store(Database(database_url))
    waiting = [asyncio.ensure_future(store.write(put, f"n{n}")) for n in range(200)]
    await asyncio.sleep(0)

    await asyncio.to_thread(store.close)

    assert len(await asyncio.gather(*waiting)) == 200
    with pytest.raises(Temporary):
        await store.write(put, "late")
    database = Database(database_url)
    assert database.read(count) == 200
    database.close()


async def test_a_caller_that_gives_up_disturbs_nobody(store: Store) -> None:
    gone = asyncio.ensure_future(store.write(put, "gone"))
    await asyncio.sleep(0)
    gone.cancel()

    await store.write(put, "stays")

    assert await store.read(count) == 2


async def test_connections_lost_between_two_calls_are_made_anew(
    postgres_url: str, database: Database
) -> None:
    store = Store(Database(postgres_url))
    await store.write(put, "before")
    await store.read(count)
    other = Database(postgres_url)
    other.write(hang_up)

    await store.write(put, "after")

    assert await asyncio.gather(*(store.read(count) for _ in range(8))) == [2] * 8
    store.close()
    other.close()


async def test_a_write_that_loses_its_connection_may_be_tried_again(postgres_url: str) -> None:
    store = Store(Database(postgres_url))

    def put_and_lose(db: Connection) -> None:
        put(db, "half")
        db.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    results = await asyncio.gather(
        store.write(put, "a"),
        store.write(put_and_lose),
        store.write(put, "b"),
        return_exceptions=True,
    )

    assert [type(it) for it in results] == [str, Temporary, str]
    assert await store.read(count) == 2
    store.close()


async def test_a_server_that_is_not_there_is_worth_another_try() -> None:
    store = Store(Database("postgresql://nobody@/nothing?host=/nowhere"))

    for call in (store.read, store.write):
        with pytest.raises(Temporary):
            await call(count)

    store.close()


async def test_a_busy_import_does_not_starve_the_answers(sqlite_url: str) -> None:
    store = Store(Database(sqlite_url))
    waits = []
    with program(BUSY, sqlite_url) as busy:
        for n in range(20):
            began = time.monotonic()
            await store.write(put, f"n{n}")
            waits.append(time.monotonic() - began)
            assert await store.read(count) == n + 1

        assert busy.poll() is None
    store.close()

    assert sorted(waits)[len(waits) // 2] < 0.5
    assert max(waits) < 5


async def test_two_processes_write_side_by_side(database_url: str, store: Store) -> None:
    with program(WRITER, database_url, "other") as other:
        for n in range(200):
            await store.write(put, f"own-{n}")
        assert await asyncio.to_thread(other.wait, 60) == 0

    assert await store.read(count) == 400
