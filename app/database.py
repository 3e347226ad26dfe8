"""The database that the settings name, and what seals the phone numbers in it."""

from __future__ import annotations

from app.settings import Settings
from models.errors import Misconfigured
from storage.migrate import is_current
from storage.seals import Seals
from storage.store import Database


def open_database(settings: Settings) -> Database:
    """The migrated database; `Misconfigured` where it is not."""
    database = Database(settings.database.url)
    if not is_current(database):
        database.close()
        raise Misconfigured("The database is not migrated. Run: bijli migrate")
    return database


def seals_of(settings: Settings) -> Seals:
    """What seals phone numbers, by the master keys."""
    return Seals(settings.security.master_keys)
