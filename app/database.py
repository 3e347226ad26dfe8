"""The database that the settings name, and what seals the phone numbers in it."""

from __future__ import annotations

from app.settings import Settings
from models.errors import Misconfigured
from storage.migrate import is_current
from storage.phones import are_ours
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


def refuse_wrong_key(database: Database, seals: Seals) -> None:
    """Refuse to work with a master key that is not the database's: everybody would be a stranger.

    Raises `Misconfigured`.
    """
    if not database.read(are_ours, seals):
        raise Misconfigured(
            "The master key is not the one this database was sealed under. Give the right one as "
            "BIJLI_SECURITY__MASTER_KEY; `bijli doctor` says how to change it."
        )
