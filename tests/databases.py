"""Fresh, migrated databases: SQLite as a file, PostgreSQL as a private server of the test run."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from storage.migrate import migrate
from storage.store import Database, Store

MISSING = "PostgreSQL binaries are not installed; TEST_POSTGRES_URL names a running server"
UNPRIVILEGED = ("postgres", "nobody")  # PostgreSQL refuses to run as root
START = 30.0  # seconds a server may take to answer


def binaries() -> Path | None:
    """The folder with PostgreSQL's programs: PG_BIN, the PATH, or where Debian keeps them."""
    named = os.environ.get("PG_BIN")
    found = shutil.which("initdb")
    folders = [
        *([Path(named)] if named else []),
        *([Path(found).parent] if found else []),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
    ]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def owner() -> str | None:
    """Who runs the server: ourselves, unless we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


@contextmanager
def private_server(programs: Path) -> Iterator[str]:
    """A PostgreSQL server on a Unix socket in a folder of its own; gives the URL to reach it."""
    folder = Path(tempfile.mkdtemp(prefix="bijli-pg-"))
    user = owner()
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    server = None
    try:
        subprocess.run(
            [
                *(programs / "initdb", "--pgdata", data, "--username", "tests"),
                *("--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"),
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            user=user,
        )
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    *(programs / "postgres", "-D", data, "-k", folder),
                    *("-c", "listen_addresses=", "-c", "max_connections=200"),
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
                user=user,
            )
        url = f"postgresql://tests@/postgres?host={folder}"
        wait_for(url, server, folder / "log")
        yield url
    finally:
        if server is not None:
            server.terminate()  # SIGTERM waits for sessions; the databases were dropped by force
            try:
                server.wait(timeout=5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; fail with its log when it does not."""
    until = time.monotonic() + START
    while server.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    pytest.fail(f"PostgreSQL did not start:\n{log.read_text()}")


class PostgresServer:
    """A running server, and migrated databases on it, emptied after each test and used again."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url).set(drivername="postgresql")
        self.admin = psycopg.connect(self._text(self.url.database or "postgres"), autocommit=True)
        self.template = self._make()
        self.free: list[str] = []
        migrated = Database(self._text(self.template))
        migrate(migrated)
        migrated.close()
        with psycopg.connect(self._text(self.template)) as db:
            self.emptying = emptying(db)

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a fresh database."""
        if migrated:
            # Emptying one is ten times faster than making one.
            name = self.free.pop() if self.free else self._make(self.template)
        else:
            name = self._make()
        try:
            yield self._text(name)
        finally:
            if migrated and self._empty(name):
                self.free.append(name)
            else:
                self._drop(name)

    def close(self) -> None:
        """Leave nothing behind on a server that is not ours alone."""
        for name in (*self.free, self.template):
            self._drop(name)
        self.admin.close()

    def _make(self, template: str = "template1") -> str:
        name = f"bijli_{uuid.uuid4().hex}"
        self.admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def _drop(self, name: str) -> None:
        self.admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _empty(self, name: str) -> bool:
        """Take everything out of a database that a test has used; False where that failed."""
        try:
            with psycopg.connect(self._text(name)) as db:
                db.execute(HANG_UP)
                db.execute(self.emptying)
        except psycopg.Error:
            return False
        return True

    def _text(self, name: str) -> str:
        return self.url.set(database=name).render_as_string(hide_password=False)


HANG_UP = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
KEPT = ("alembic_version", "fact")  # what the migrations themselves have written


def emptying(db: psycopg.Connection) -> sql.Composed:
    """Statements that bring a database of these tables back to how the migrations left it."""
    steps = [
        sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for (table,) in db.execute(TABLES)
    ]
    for table in KEPT:
        rows = db.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall()
        steps += [
            sql.SQL("INSERT INTO {} VALUES ({})").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Literal, row))
            )
            for row in rows
        ]
    steps += [
        sql.SQL("SELECT setval({}, 1, false)").format(sql.Literal(sequence))
        for (sequence,) in db.execute(SEQUENCES)
    ]
    return sql.SQL("; ").join(steps)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The PostgreSQL server of this test run; skips where the machine has none."""
    if named := os.environ.get("TEST_POSTGRES_URL"):
        server = PostgresServer(named)
        yield server
        server.close()
        return
    programs = binaries()
    if programs is None:
        pytest.skip(MISSING)
    with private_server(programs) as url:
        server = PostgresServer(url)
        yield server
        server.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite database."""
    path = tmp_path / "bijli.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database; the test runs once on each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The database of this test on plain connections."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """The database of this test for asyncio."""
    store = Store(Database(database_url))
    yield store
    store.close()
