"""What is still known of the forgotten, for a day: look-ups they used, messages that were theirs.

Both are kept under keyed hashes alone, so that erasing gives no new look-ups, and a message that a
provider delivers again is no new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.bill import IST
from models.message import Address
from storage.prepared import Prepared
from storage.seals import Seals
from storage.tables import forgotten, look_up

MOST_LOOK_UPS = 1_000_000  # of one person and day

_put = insert(forgotten)
_PUT = _put.on_conflict_do_update(
    index_elements=["hash"],
    set_={"day": _put.excluded.day, "looked_up": _put.excluded.looked_up},
)
_FIND = Prepared(
    select(forgotten.c.day, forgotten.c.looked_up).where(forgotten.c.hash == bindparam("hash"))
)
_USED = (
    select(func.count())
    .select_from(look_up)
    .where(look_up.c.person_id == bindparam("person"))
    .where(look_up.c.day == bindparam("today"))
)
_LOOKED_UP = insert(look_up).on_conflict_do_nothing()


def looked_up_today(db: Connection, person_id: int, now: datetime) -> int:
    """How many look-ups a person has used today."""
    asked = {"person": person_id, "today": _day(now)}
    return int(db.execute(_USED, asked).scalar_one())


def remember_look_ups(
    db: Connection, seals: Seals, address: Address, looked_up: int, now: datetime
) -> None:
    """Keep how many look-ups somebody at this address has used today, and not of what."""
    _remember(db, seals, _name(address), looked_up, _day(now))


def use_up(db: Connection, person_id: int, looked_up: int, now: datetime) -> None:
    """Count look-ups of a person without saying of what; harmless when repeated."""
    first = -person_id * MOST_LOOK_UPS
    rows = [
        {"person_id": person_id, "day": _day(now), "k_number": first - it}
        for it in range(looked_up)
    ]
    if rows:
        db.execute(_LOOKED_UP, rows)


def give_nothing_back(
    db: Connection, seals: Seals, address: Address, person_id: int, now: datetime
) -> None:
    """Count for a person who is met anew what they used today before they were forgotten."""
    for hash_ in seals.forgotten_hashes(_name(address)):
        row = _FIND.first(db, {"hash": hash_})
        if row is not None and row[0] == _day(now):
            use_up(db, person_id, row[1], now)
            return


def remember_messages(
    db: Connection, seals: Seals, messages: Iterable[tuple[str, str]], now: datetime
) -> None:
    """Keep that these messages (channel and provider's id) have been here."""
    for channel, provider_id in messages:
        _remember(db, seals, _message(channel, provider_id), 0, _day(now))


def was_here(db: Connection, seals: Seals, channel: str, provider_id: str) -> bool:
    """Whether a message is one of somebody who was forgotten since."""
    hashes = seals.forgotten_hashes(_message(channel, provider_id))
    return any(_FIND.first(db, {"hash": hash_}) is not None for hash_ in hashes)


def forget_the_forgotten(db: Connection, before: date) -> int:
    """Delete what is no longer needed; how many rows went."""
    return db.execute(delete(forgotten).where(forgotten.c.day < before)).rowcount


def _remember(db: Connection, seals: Seals, what: str, looked_up: int, day: date) -> None:
    newest = seals.forgotten_hashes(what)[0]
    db.execute(_PUT, {"hash": newest, "day": day, "looked_up": looked_up})


def _name(address: Address) -> str:
    """One for SMS and WhatsApp of a number: they are one person."""
    return address.phone or f"{address.channel}:{address.id}"


def _message(channel: str, provider_id: str) -> str:
    return f"message:{channel}:{provider_id}"


def _day(now: datetime) -> date:
    return now.astimezone(IST).date()
