"""The commands that run to an end: migrate, import, seed, export, doctor, audit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console

from app.clock import now
from app.company import DISCOMS
from app.database import open_database, seals_of
from app.imports_cmd import run_export, run_import, run_seed
from app.settings import Settings, fixed_now
from discom.facts import load_discom
from models.bill import IST
from models.errors import Misconfigured
from storage import emails, phones
from storage.migrate import migrate as bring_up
from storage.records import RecordBooks
from storage.seals import Seals
from storage.store import Database

RESEALED_AT_ONCE = 500


def migrate(settings: Settings) -> str:
    """Bring the database up, load the company's lists, and re-seal under the newest key."""
    database = Database(settings.database.url)
    try:
        bring_up(database)
        books = _books(settings, database)
        loaded = load_discom(books, _folder(settings))
        if len(settings.security.master_key) > 1:
            _reseal(database, seals_of(settings))
    finally:
        database.close()
    told = ["The database is at the newest version."]
    told += [f"{it.rows} {it.kind} were loaded." for it in loaded]
    if len(settings.security.master_key) > 1:
        told.append("Every phone number and e-mail address is sealed under the first key.")
    return " ".join(told)


def _reseal(database: Database, seals: Seals) -> None:
    for reseal in (phones.reseal, emails.reseal):
        after: int | None = 0
        while after is not None:
            after = database.write(reseal, seals, after, RESEALED_AT_ONCE)


def import_file(settings: Settings, kind: str, file: Path) -> int:
    """Take in a file; the exit code."""
    with _opened(settings) as database:
        books, folder = _books(settings, database), _folder(settings)
        return run_import(kind, file, books, folder, out=OUT, err=ERR)


def seed(settings: Settings, consumers: int, number: int, months: int) -> int:
    """Make sample data; the exit code. Refused beside a real provider."""
    if real := settings.real_providers():
        raise Misconfigured(
            f"{real[0]} is a real provider, and the sample's mobiles may belong to real people. "
            "Take its keys away, or use another database."
        )
    today = (fixed_now() or now()).astimezone(IST).date()
    with _opened(settings) as database:
        return run_seed(
            _books(settings, database),
            _folder(settings),
            out=OUT,
            err=ERR,
            consumers=consumers,
            number=number,
            months=months,
            today=today,
        )


def export_collections(settings: Settings, day: date) -> int:
    """Write a day's payments to standard output; the exit code."""
    with _opened(settings) as database:
        return run_export(database, day, sys.stdout)


def doctor(settings: Settings) -> int:
    """Say what is right and what is wrong, each with what to do; 1 where something is wrong."""
    from app.doctor import Grade, findings

    database = Database(settings.database.url)
    try:
        found = findings(settings, database, now())
    finally:
        database.close()
    for it in found:
        OUT.print(f"{_MARKS[it.grade]} {it.what}", markup=False, highlight=False, soft_wrap=True)
        if it.advice:
            OUT.print(f"       {it.advice}", markup=False, highlight=False, soft_wrap=True)
    return int(any(it.grade is Grade.WRONG for it in found))


def audit(settings: Settings) -> int:
    """Name every breach of what must always be true; 1 where there is one."""
    from app.audit import audit as breaches

    with _opened(settings) as database:
        found = breaches(database, seals_of(settings), now())
    for sentence in found:
        OUT.print(sentence, markup=False, highlight=False, soft_wrap=True)
    if not found:
        OUT.print("Everything holds.")
    return int(bool(found))


_MARKS = {"fine": "ok    ", "note": "note  ", "wrong": "WRONG "}
OUT, ERR = Console(), Console(stderr=True)


def _folder(settings: Settings) -> Path:
    return DISCOMS / settings.discom.name


def _books(settings: Settings, database: Database) -> RecordBooks:
    return RecordBooks(database, seals_of(settings), now)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = open_database(settings)
    try:
        yield database
    finally:
        database.close()
