"""What is still known of the forgotten, for a day: look-ups they used, messages that were theirs.

Both are kept under keyed hashes alone, so that erasing gives no new look-ups, and a message that a
provider delivers again is no new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.bill import IST
from models.message import Address
from storage.prepared import Prepared
from storage.seals import Seals
from storage.tables import forgotten, look_up

NOTHING = 0  # the K-number of a look-up that only says that its person was forgotten today
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
    .where(look_up.c.k_number != NOTHING)
)
_MET_ANEW = (
    select(look_up.c.day)
    .where(look_up.c.person_id == bindparam("person"))
    .where(look_up.c.day == bindparam("today"))
    .where(look_up.c.k_number == bindparam("k"))
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


def was_forgotten_today(db: Connection, person_id: int, now: datetime) -> bool:
    """Whether a person was forgotten today and is met anew: till midnight they are sent no code
    and no letter to an address they name, or forgetting would give those back too.
    """
    asked = {"person": person_id, "today": _day(now), "k": NOTHING}
    return db.execute(_MET_ANEW, asked).first() is not None


def give_nothing_back(
    db: Connection, seals: Seals, address: Address, person_id: int, now: datetime
) -> None:
    """Count for a person who is met anew what they used today before they were forgotten."""
    for hash_ in seals.forgotten_hashes(_name(address)):
        row = _FIND.first(db, {"hash": hash_})
        if row is not None and row[0] == _day(now):
            use_up(db, person_id, row[1], now)
            met = {"person_id": person_id, "day": _day(now), "k_number": NOTHING}
            db.execute(_LOOKED_UP, met)
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


def tomorrow(now: datetime) -> datetime:
    """When the day of today's limits is over: midnight in India."""
    day = now.astimezone(IST) + timedelta(days=1)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def _day(now: datetime) -> date:
    return now.astimezone(IST).date()
