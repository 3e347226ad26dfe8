"""Who may see what: every handler, for whoever asks, on every channel, as the privacy rules say."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select

from app.settings import load_settings
from app.wiring import House, build
from bot.handlers import HANDLERS
from bot.options import key
from channels.channel import Capabilities, WebhookRequest
from models.bill import IST
from models.conversation import Conversation
from models.k_number import KNumber
from models.message import (
    Address,
    ChannelName,
    InboundMessage,
    Kind,
    OutboundMessage,
    Phone,
    Receipt,
)
from storage import talks
from storage.merging import link_phone
from storage.migrate import migrate
from storage.people import person_for
from storage.phones import phone_id
from storage.sql import stamp
from storage.store import Database
from storage.tables import bill, collection, consumer, look_up, one_time_code, proof, saved_k_number

NOW = datetime(2026, 11, 24, 11, 30, tzinfo=IST)
K = KNumber("901010000123")
OWNERS_PHONE, THEIRS = Phone("+919829054321"), Phone("+919829012345")
CHANNELS = (ChannelName.WHATSAPP, ChannelName.SMS, ChannelName.TELEGRAM)
MASTER = base64.b64encode(bytes(range(32))).decode()

# What nobody may read who has not shown that the connection is theirs.
PRIVATE = (
    *("Ramesh Kumar", "रमेश कुमार", "Gandhi Path", "ramesh@example.org"),
    *("977", "₹7,312", "Rs.7,312", "CTR-00077"),  # an earlier month: its units, sum and receipt
    *("4152", "4304"),  # the meter's readings
    *("9829054321", "98290 54321"),
)


class Who(StrEnum):
    """What a sender has to do with the connection."""

    STRANGER = "stranger"
    SAVER = "saver"
    VERIFIED = "verified"  # the registered mobile is theirs
    BY_CODE = "by code"  # they entered a code that was sent to the registered mobile


class Rule(StrEnum):
    """What the privacy rules ask of a wish."""

    ANYONE = "anyone"
    VERIFIED = "verified"
    CODE = "a code, whoever asks"
    NO_CONNECTION = "about no connection"
    OWN_CODE = "a code to the asking address"


RULES: dict[str, Rule] = dict.fromkeys(HANDLERS, Rule.NO_CONNECTION) | {
    **dict.fromkeys(
        (
            *("bill_view", "bill_due_date", "bill_breakdown", "bill_pay", "bill_instalment"),
            *("payment_status", "payment_receipt", "account_add", "account_remove"),
            *("bill_not_received", "refund", "subscribe", "outage_report", "complaint_new"),
            *("bill_dispute", "meter_fault", "supply_quality", "transformer_fault"),
            *("outage_status", "planned_outage", "reconnection", "office_info"),
        ),
        Rule.ANYONE,
    ),
    **dict.fromkeys(
        ("bill_copy", "bill_history", "payment_history", "consumption", "meter_reading_submit"),
        Rule.VERIFIED,
    ),
    "data_erase": Rule.OWN_CODE,
}
ABOUT_NOBODY = {
    *("greet", "thanks", "goodbye", "help", "language_change", "abuse", "out_of_scope"),
    *("k_number_help", "safety_hazard", "talk_to_human", "connection_new", "complaint_status"),
    *("unsubscribe", "account_list", "missed_call", "privacy", "contact_update"),
    *("street_light", "theft_report", "complaint_reopen", "connection_status", "load_change"),
    *("name_change", "category_change", "disconnection_request", "single_window"),
    *("tariff_info", "subsidy_info", "solar_info", "smart_meter"),
}


class Ear:
    """A channel that keeps what is said."""

    capabilities = Capabilities(buttons=0, rows=0, longest_label=0, longest_text=4096)

    def __init__(self, name: ChannelName) -> None:
        self.name = name
        self.heard: list[OutboundMessage] = []

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        return ()

    async def send(self, message: OutboundMessage) -> str:
        self.heard.append(message)
        return f"ear:{message.id}"

    async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        return
        yield

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        return None

    async def acknowledge(self) -> None:
        return

    async def close(self) -> None:
        return


@dataclass
class Room:
    """A house that answers on one channel, and what it says there."""

    house: House
    ear: Ear
    now: datetime = NOW
    numbers: count[int] = field(default_factory=lambda: count(1))

    async def says(
        self, sender: Address, text: str = "", choice: str | None = None
    ) -> list[OutboundMessage]:
        """Write, or tap, and hear what is said to this address."""
        before = len(self.ear.heard)
        kind = Kind.CHOICE if choice else Kind.TEXT
        number = next(self.numbers)
        await self.house.worker.take_in(
            InboundMessage(f"m{number}", sender, text, self.now, kind, choice=choice)
        )
        await self.house.worker.idle()
        return [it for it in self.ear.heard[before:] if it.to == sender]

    async def talk(self, sender: Address) -> Conversation:
        """What is remembered of a talk."""

        def load(db: Connection) -> Conversation:
            conversation, _ = person_for(db, self.house.worker.seals, sender, stamp(self.now))
            return talks.load(db, self.house.worker.seals, conversation)

        return await self.house.store.write(load)


@asynccontextmanager
async def room(database_url: str, channel: ChannelName) -> AsyncIterator[Room]:
    """A house with one connection, its owner, and history."""
    ear = Ear(channel)
    settings = load_settings(
        {
            "BIJLI_DATABASE__URL": database_url,
            "BIJLI_SECURITY__MASTER_KEY": MASTER,
            # The clock stands still here, and a pace would wait for it.
            **{f"BIJLI_PACE__{name.upper()}": "0" for name in CHANNELS},
        }
    )
    made: list[Room] = []
    async with build(
        settings, "chat", works=True, terminal=ear, clock=lambda: made[0].now if made else NOW
    ) as house:
        made.append(Room(house, ear))
        await house.store.write(furnish, made[0])
        await house.start()
        yield made[0]
        await house.close(5.0)


def furnish(db: Connection, made: Room) -> None:
    """One connection with two bills and a receipt, registered on its owner's mobile."""
    mobile = phone_id(db, made.house.worker.seals, OWNERS_PHONE)
    db.execute(
        insert(consumer).values(
            k_number=int(K),
            name="Ramesh Kumar",
            name_hi="रमेश कुमार",
            address="14, Gandhi Path",
            email="ramesh@example.org",
            category="LT-1",
            office_code="AJC-101",
            status="active",
            mobile_id=mobile,
        )
    )
    for month, units, amount, readings in (
        (202609, 140, 110_000, (3035, 3175)),
        (202610, 977, 731_200, (3175, 4152)),
        (202611, 152, 124_000, (4152, 4304)),
    ):
        billed = date(month // 100, month % 100, 10)
        db.execute(
            insert(bill).values(
                bill_number=f"B{month}",
                k_number=int(K),
                bill_month=month,
                bill_date=billed,
                due_date=billed + timedelta(days=25),
                previous_reading=readings[0],
                current_reading=readings[1],
                units=units,
                energy_charge=amount - 50_000,
                fixed_charge=50_000,
                amount=amount,
                amount_after_due=amount + 2_000,
            )
        )
    for receipt, paid_on, paise in (
        ("CTR-00055", date(2026, 9, 22), 110_000),
        ("CTR-00077", date(2026, 10, 20), 731_200),
        ("CTR-00099", date(2026, 11, 12), 10_000),
    ):
        db.execute(
            insert(collection).values(
                receipt_number=receipt, k_number=int(K), paid_on=paid_on, amount=paise, mode="cash"
            )
        )


async def somebody(made: Room, who: Who) -> Address:
    """A sender who has this to do with the connection."""
    channel, seals = made.ear.name, made.house.worker.seals
    owner = who is Who.VERIFIED
    phone = OWNERS_PHONE if owner else THEIRS
    sender = Address(channel, "9990001" if channel is ChannelName.TELEGRAM else phone)

    def settle(db: Connection) -> None:
        conversation, person = person_for(db, seals, sender, stamp(NOW))
        if channel is ChannelName.TELEGRAM and owner:
            person = link_phone(db, seals, conversation, OWNERS_PHONE, NOW)
        if who is Who.SAVER:
            db.execute(
                insert(saved_k_number).values(
                    person_id=person, k_number=int(K), saved_at=stamp(NOW)
                )
            )
        if who is Who.BY_CODE:
            mobile = phone_id(db, seals, OWNERS_PHONE)
            db.execute(
                insert(proof).values(
                    person_id=person, k_number=int(K), phone_id=mobile, at=stamp(NOW)
                )
            )

    await made.house.store.write(settle)
    return sender


@pytest.fixture
def on_one_store(tmp_path: Path) -> str:
    """SQLite alone: the rules stand in the bot, and what they read is tested on both stores."""
    url = f"sqlite:///{tmp_path / 'bijli.db'}"
    database = Database(url)
    migrate(database)
    database.close()
    return url


def test_every_handler_has_its_rule() -> None:
    assert set(RULES) == set(HANDLERS)
    assert {name for name, rule in RULES.items() if rule is Rule.NO_CONNECTION} == ABOUT_NOBODY


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("who", Who)
async def test_a_wish_shows_what_its_rule_allows_and_nothing_more(
    on_one_store: str, channel: ChannelName, who: Who
) -> None:
    async with room(on_one_store, channel) as made:
        sender = await somebody(made, who)
        for intent, rule in RULES.items():
            if rule is Rule.NO_CONNECTION or rule is Rule.OWN_CODE:
                said = await made.says(sender, choice=key(intent))
            else:
                said = await made.says(sender, choice=key(intent, K))
            talk = (await made.talk(sender)).talk
            text = "\n".join(it.text for it in said)
            papers = [paper for it in said for paper in it.attached]
            proven = who in {Who.VERIFIED, Who.BY_CODE}
            asked = talk.wanted == intent and talk.slot == "send"
            needs = rule in {Rule.CODE, Rule.OWN_CODE} or (rule is Rule.VERIFIED and not proven)

            assert said, f"{intent}: nothing was said"
            assert asked is needs, f"{intent}, {who}: {text}"
            if not proven or needs:
                shown = [it for it in PRIVATE if it in text]
                assert not shown, f"{intent} shows {shown} to {who}: {text}"
                assert not papers or intent == "payment_receipt"
            # The connection's address, e-mail and mobile are told to nobody in words.
            assert "Gandhi" not in text
            assert "ramesh@" not in text
            assert "54321" not in text.replace(" ", "")
            await made.says(sender, "EXIT")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_is_theirs_is_shown_to_those_who_have_proven_it(
    database_url: str, channel: ChannelName
) -> None:
    async with room(database_url, channel) as made:
        sender = await somebody(made, Who.BY_CODE)

        history = await made.says(sender, choice=key("bill_history", K))
        paid = await made.says(sender, choice=key("payment_history", K))

        assert "977" in history[0].text or "7,312" in history[0].text
        assert "7,312" in paid[0].text


async def test_adding_removing_and_asking_give_no_more_than_a_day_s_look_ups(
    database_url: str,
) -> None:
    async with room(database_url, ChannelName.SMS) as made:
        sender = Address(ChannelName.SMS, THEIRS)
        known = 0
        for number in range(40):
            other = f"9010100{number:05d}"
            await made.says(sender, f"ADD {other}")
            await made.says(sender, f"BILL {other}")
            await made.says(sender, f"DEL {other}")
        said = await made.says(sender, f"BILL {K}")

        def looked_up(db: Connection) -> int:
            return db.execute(select(func.count()).select_from(look_up)).scalar_one()

        known = await made.house.store.read(looked_up)
        assert known == 25
        assert "Rs.1,240" not in said[0].text


async def test_a_hundred_senders_get_three_codes_for_one_connection(database_url: str) -> None:
    async with room(database_url, ChannelName.SMS) as made:
        for number in range(100):
            sender = Address(ChannelName.SMS, f"+9198200{number:05d}")
            await made.says(sender, choice=key("bill_history", K))
            await made.says(sender, "YES")

        def sent(db: Connection) -> int:
            return db.execute(select(func.count()).select_from(one_time_code)).scalar_one()

        assert await made.house.store.read(sent) == 3


async def test_five_wrong_tries_end_a_code_and_guessing_goes_nowhere(database_url: str) -> None:
    async with room(database_url, ChannelName.SMS) as made:
        sender = Address(ChannelName.SMS, THEIRS)
        for _ in range(5):
            await made.says(sender, choice=key("bill_history", K))
            await made.says(sender, "YES")
            for guess in range(20):
                await made.says(sender, f"{guess:06d}")
            await made.says(sender, "EXIT")

        def state(db: Connection) -> tuple[int, int]:
            tries = db.execute(select(func.sum(one_time_code.c.tries))).scalar_one()
            proven = db.execute(select(func.count()).select_from(proof)).scalar_one()
            return int(tries), proven

        tries, proven = await made.house.store.read(state)
        assert tries <= 3 * 5
        assert not proven
