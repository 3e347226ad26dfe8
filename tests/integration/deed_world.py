"""A database with people who do things, and short words to look at what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from models.conversation import Person
from models.deeds import Deed, SendCode
from models.k_number import KNumber
from models.message import Address, ChannelName, InboundMessage, Phone, Tag
from models.words import Say
from storage import outbox, people, talks
from storage.deeds import do
from storage.doer import Doer
from storage.invariants import breaches
from storage.people import person_for
from storage.phones import phone_id
from storage.seals import Seals
from storage.sql import stamp
from storage.store import Database
from storage.tables import audit, consumer, metadata
from storage.tables import outbox as letters

SEALS = Seals([b"k" * 32])
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
PHONE, OTHER_PHONE = Phone("+919829012345"), Phone("+919829054321")
SMS = Address(ChannelName.SMS, PHONE)
WHATSAPP = Address(ChannelName.WHATSAPP, PHONE)
TELEGRAM = Address(ChannelName.TELEGRAM, "471100815")
OTHER = Address(ChannelName.WHATSAPP, OTHER_PHONE)
SLOT = "serve-1"


def k_number(n: int) -> KNumber:
    """One K-number of many."""
    return KNumber(f"{901010000100 + n:012d}")


K = k_number(0)


class PlainMailer:
    """Writes a confirmation that names nothing but the address's id."""

    def confirmation(self, email_id: int, tag: Tag, now: datetime) -> str:
        """As `storage.emails.Mailer`."""
        return outbox.body(f"confirm {email_id}", (), tag)


@dataclass(frozen=True)
class World:
    """People, their connections, and what they do."""

    database: Database

    def meets(self, address: Address) -> Doer:
        """Whoever writes from an address, met where they are new."""
        talk, whose = self.database.write(person_for, SEALS, address, stamp(NOW))
        return Doer(talk, whose, address.channel, Tag("en"), PlainMailer())

    def connection(self, k: KNumber = K, mobile: Phone | None = None, **values: object) -> None:
        """A connection, registered on a mobile or on none."""

        def add(db: Connection) -> None:
            usual = {
                "k_number": int(k),
                "name": "Ram Kumar",
                "mobile_id": phone_id(db, SEALS, mobile) if mobile else None,
                "category": "LT-1",
                "office_code": "AJC-101",
                "status": "active",
            }
            db.execute(consumer.insert(), {**usual, **values})

        self.database.write(add)

    def does(self, doer: Doer, *deeds: Deed, now: datetime = NOW) -> None:
        """Commit deeds, as a turn does."""
        self.database.write(do, SEALS, doer, deeds, now)

    def asks_for_code(
        self,
        doer: Doer,
        k: KNumber | None = K,
        now: datetime = NOW,
        key: str = "m1",
        *,
        registered: bool = True,
    ) -> str:
        """Have a code sent; the code, as it stands in the newest letter."""
        self.does(doer, a_code(k, key, registered=registered), now=now)
        return self.letters()[-1].message.text.removeprefix("Code ")[:6]

    def person(self, doer: Doer) -> Person:
        """The person as a turn would know them."""
        return self.database.read(people.person, doer.person_id)

    def letters(self) -> list[outbox.Waiting]:
        """Everything in the outbox, as it would leave."""

        def load(db: Connection) -> list[outbox.Waiting]:
            ids = list(db.execute(select(letters.c.id).order_by(letters.c.id)).scalars())
            return outbox.load(db, SEALS, ids, NOW)

        return self.database.read(load)

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        return len(self.rows(table))

    def rows(self, table: Table) -> Sequence[dict[str, Any]]:
        """A table's rows, by their key."""
        asked = select(table).order_by(*table.primary_key.columns)
        found = self.database.read(lambda db: db.execute(asked).mappings().all())
        return [dict(row) for row in found]

    def story(self) -> list[str]:
        """The audit's sentences."""
        return [str(row["sentence"]) for row in self.rows(audit)]

    def breaches(self, now: datetime = NOW) -> list[str]:
        """What does not hold, were it all looked at now."""
        return [it.sentence for it in self.database.read(breaches, SEALS, now)]

    def hears(
        self, sender: Address, text: str, id_: str, now: datetime = NOW, secret: str = ""
    ) -> talks.TakenIn:
        """Take a message in."""
        message = InboundMessage(id_, sender, text, now, blanked=bool(secret), secret=secret)
        return self.database.write(talks.take_in, SEALS, message, SLOT, now)

    def answers(
        self, opened: talks.Opened | None, text: str, *deeds: Deed, now: datetime = NOW
    ) -> None:
        """Commit a turn that says something and does deeds."""
        assert opened is not None
        talk = replace(opened.conversation.talk, tag=Tag("en"), last_heard=now)
        said = talks.Said(
            opened.waiting.inbox_id,
            opened.conversation,
            talk,
            (outbox.body(text, (), "en"),),
            deeds=tuple(deeds),
        )
        self.database.write(talks.keep, SEALS, said, SLOT, now, PlainMailer())


def a_code(k: KNumber | None = K, key: str = "m1", *, registered: bool = True) -> SendCode:
    """The wish for a code."""
    letter = Say("proof-code")
    return SendCode("contact_update", k, registered, key, letter, "Code 000000 is for you, 000000.")


def everything(database: Database) -> str:
    """Every row of every table, bytes as hex."""

    def dump(db: Connection) -> str:
        told = []
        for table in metadata.sorted_tables:
            for row in db.execute(select(table)):
                shown = [it.hex() if isinstance(it, bytes) else str(it) for it in row]
                told.append(f"{table.name}: {shown}")
        return "\n".join(told)

    return database.read(dump)
