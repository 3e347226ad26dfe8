"""Databases to measure on: SQLite files, and PostgreSQL where this machine has it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.databases import binaries, private_server


class Kind(Protocol):
    """A kind of database."""

    name: str
    suffix: str  # what a benchmark's name ends in, before its size

    def make(self) -> str:
        """The URL of a new, empty database."""


class Sqlite:
    """Files in a folder of the run."""

    name, suffix = "sqlite", ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self) -> str:
        """See `Kind`."""
        return f"sqlite:///{self._folder / uuid.uuid4().hex}.db"


class Postgres:
    """Databases on a running server, dropped at the end."""

    name, suffix = "postgresql", "_postgresql"

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self._admin = psycopg.connect(
            self._url.render_as_string(hide_password=False), autocommit=True
        )
        self._made: list[str] = []

    def make(self) -> str:
        """See `Kind`."""
        name = f"bijli_bench_{uuid.uuid4().hex}"
        self._admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        self._made.append(name)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Leave nothing behind on a server that is not ours alone."""
        for name in self._made:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            self._admin.execute(drop.format(sql.Identifier(name)))
        self._admin.close()


@contextmanager
def kinds(folder: Path) -> Iterator[list[Kind]]:
    """SQLite always; PostgreSQL at BENCH_POSTGRES_URL, or a private server, or not at all."""
    with ExitStack() as stack:
        url = os.environ.get("BENCH_POSTGRES_URL")
        programs = binaries()
        if url is None and programs is not None:
            url = stack.enter_context(private_server(programs))
        if url is None:
            yield [Sqlite(folder)]
            return
        postgres = Postgres(url)
        stack.callback(postgres.close)
        yield [Sqlite(folder), postgres]
