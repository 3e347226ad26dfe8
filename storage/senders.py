"""What staff have granted to senders: kiosks look up more, one person may hold many connections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from models.message import Phone
from storage.audit import write_audit
from storage.people import find_person_of_phone, person_of_phone
from storage.phones import find_phone, phone_id
from storage.seals import Seals
from storage.sql import stamp
from storage.tables import person, phone


@dataclass(frozen=True, slots=True)
class Granted:
    """What one sender was granted."""

    ends_in: str  # the number's last two digits
    look_ups_a_day: int | None
    holds_many: bool


_GRANTED = (
    select(phone.c.sealed, person.c.look_ups_a_day, person.c.holds_many)
    .join(phone, phone.c.id == person.c.phone_id)
    .where(or_(person.c.look_ups_a_day.is_not(None), person.c.holds_many))
    .order_by(person.c.id)
)


def grant_look_ups(
    db: Connection, seals: Seals, number: Phone, a_day: int, by: str, now: datetime
) -> None:
    """Let a sender, such as a kiosk, look up so many K-numbers of others in a day."""
    whose = person_of_phone(db, phone_id(db, seals, number), stamp(now))
    db.execute(update(person).where(person.c.id == whose).values(look_ups_a_day=a_day))
    _note(db, whose, by, f"This sender may look up {a_day} K-numbers a day.", now)


def grant_many(db: Connection, seals: Seals, number: Phone, by: str, now: datetime) -> None:
    """Say that a mobile on more than 25 connections is this sender's."""
    whose = person_of_phone(db, phone_id(db, seals, number), stamp(now))
    db.execute(update(person).where(person.c.id == whose).values(holds_many=True))
    _note(db, whose, by, "All connections on this sender's mobile are theirs.", now)


def revoke(db: Connection, seals: Seals, number: Phone, by: str, now: datetime) -> bool:
    """Take back what a sender was granted; False where it was nothing."""
    known = find_phone(db, seals, number)
    whose = find_person_of_phone(db, known) if known is not None else None
    taken = (
        update(person)
        .where(person.c.id == whose)
        .where(or_(person.c.look_ups_a_day.is_not(None), person.c.holds_many))
        .values(look_ups_a_day=None, holds_many=False)
    )
    if whose is None or not db.execute(taken).rowcount:
        return False
    _note(db, whose, by, "What this sender was granted was taken back.", now)
    return True


def granted(db: Connection, seals: Seals) -> list[Granted]:
    """Everybody who was granted something, in the order they were first met."""
    return [
        Granted(seals.unseal(row.sealed)[-2:], row.look_ups_a_day, row.holds_many)
        for row in db.execute(_GRANTED)
    ]


def _note(db: Connection, whose: int, by: str, sentence: str, now: datetime) -> None:
    write_audit(db, f"person:{whose}", f"staff:{by}", sentence, now)
