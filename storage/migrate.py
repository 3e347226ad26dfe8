"""Bring a database's schema to the newest version. `serve` only asks whether it is there."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert  # compiles for SQLite too; SQLite's own does not
from sqlalchemy.exc import OperationalError, ProgrammingError

from storage.store import Database
from storage.tables import fact

HEAD = "0003"
"""The newest version; kept here so that asking for it does not import Alembic."""

_FOLDER = Path(__file__).parent / "migrations"
_VERSION = text("SELECT version_num FROM alembic_version")
_ONE_AT_A_TIME = 0x62696A6C69  # the number of PostgreSQL's advisory lock: `bijli` in ASCII


def migrate(database: Database) -> None:
    """Bring the schema to the newest version, whole or not at all; harmless when it is there.

    The first time, the fact `made_at` (epoch milliseconds) is written: what providers have on
    record from before that moment is not ours.
    """
    if database.is_sqlite and database.url.database:
        Path(database.url.database).parent.mkdir(parents=True, exist_ok=True)
    if is_current(database):
        return
    database.write(_upgrade)


def is_current(database: Database) -> bool:
    """Whether the schema is the one this program was written for; False for an empty database.

    Raises OperationalError when the database does not answer.
    """
    try:
        return database.read(_version) == HEAD
    except ProgrammingError:  # PostgreSQL has no such table
        return False
    except OperationalError as error:
        if database.is_sqlite and "no such table" in str(error):
            return False
        raise


def _version(db: Connection) -> str | None:
    version: str | None = db.execute(_VERSION).scalar()
    return version


def _upgrade(db: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ONE_AT_A_TIME})
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = db
    command.upgrade(config, "head")
    made_at = {"name": "made_at", "value": str(time.time_ns() // 1_000_000)}
    db.execute(insert(fact).values(made_at).on_conflict_do_nothing())
