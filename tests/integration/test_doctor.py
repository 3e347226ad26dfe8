"""The doctor names what is wrong with what to do, and the audit what must never be."""

import base64
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from sqlalchemy import Connection, Table, insert, text, update

from app.audit import audit
from app.doctor import Grade, findings
from app.settings import Settings
from models.message import Address, ChannelName, Phone
from models.reference import reference
from storage.people import person_for
from storage.seals import Seals
from storage.store import Database
from storage.tables import (
    bill,
    collection,
    consumer,
    conversation,
    counter,
    gateway_event,
    import_run,
    inbox,
    ledger,
    node,
    office,
    outbox,
    payment,
    payment_link,
    payment_link_part,
    person,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MS = int(NOW.timestamp() * 1000)
HOUR = 3_600_000
DAY = date(2026, 11, 23)
SEALS = Seals([b"k" * 32])
KEY = base64.b64encode(b"k" * 32).decode()
K = 901010000123


def settings(**sections: object) -> Settings:
    return Settings.model_validate({"security": {"master_key": KEY}} | sections)


def add(database: Database, table: Table, **values: object) -> None:
    database.write(lambda db: db.execute(insert(table), values))


def told(database: Database, found: Settings, grade: Grade, now: datetime = NOW) -> str:
    """Everything of a grade, in one text."""
    lines = [it for it in findings(found, database, now) if it.grade is grade]
    if now is NOW:  # a time of ours, which the server's clock knows nothing of
        lines = [it for it in lines if "database server" not in it.what]
    assert all(it.advice for it in lines) or grade is Grade.FINE
    return "\n".join(f"{it.what} → {it.advice}" for it in lines)


@pytest.fixture
def healthy(database: Database) -> Database:
    """A database in use: one connection, one bill, one payment, one answered message."""
    _, someone = database.write(
        person_for, SEALS, Address(ChannelName.SMS, Phone("+919829012345")), MS
    )
    assert someone == 1

    def fill(db: Connection) -> None:
        db.execute(insert(office), {"code": "A", "kind": "zone", "name": "A"})
        db.execute(
            insert(consumer),
            {
                "k_number": K,
                "name": "R",
                "category": "LT-1",
                "office_code": "A",
                "status": "active",
            },
        )
        db.execute(
            insert(bill),
            {"k_number": K, "bill_number": "B1", "bill_month": 202611, "bill_date": DAY}
            | {"due_date": DAY, "previous_reading": 0, "current_reading": 1, "units": 1},
        )
        run = {"kind": "bills", "state": "done", "started_at": MS - HOUR, "finished_at": MS - HOUR}
        db.execute(insert(import_run), run)
        db.execute(
            insert(node), {"slot": "serve-1", "host": "h", "pid": 1, "heartbeat_at": MS - 1000}
        )
        message = {"channel": "sms", "conversation_id": 1, "body": "{}", "received_at": MS - HOUR}
        db.execute(insert(inbox), message | {"provider_id": "m1", "answered_at": MS - HOUR})
        at = {"due_at": MS - HOUR, "created_at": MS - HOUR, "updated_at": MS - HOUR}
        sent = {"conversation_id": 1, "body": "{}", "attempt": 1, "provider_id": "p1"}
        db.execute(insert(outbox), sent | at | {"state": "delivered"})
        link = {"code": "c", "reference": "r", "amount": 500, "state": "paid", "tag": "hi"}
        db.execute(insert(payment_link), link | {"id": 1, "asked_at": MS, "expires_at": MS})
        part = {"link_id": 1, "bill_number": "B1", "k_number": K, "amount": 500, "live": False}
        db.execute(insert(payment_link_part), part)
        paid = {"gateway_payment_id": "pay_1", "link_id": 1, "amount": 500, "state": "paid"}
        db.execute(insert(payment), paid | {"id": 1, "captured_at": MS})
        lines = [("gateway", None, 500), ("consumer", K, -500)]
        db.execute(
            insert(ledger),
            [
                {"payment_id": 1, "at": MS, "account": account, "k_number": k, "paise": paise}
                for account, k, paise in lines
            ],
        )
        db.execute(insert(counter), {"name": "receipt", "value": 1})
        receipt = {"receipt_number": reference("PAY", 1), "gateway_payment_id": "pay_1"}
        receipt |= {"bill_number": "B1", "mode": "upi"}
        db.execute(insert(collection), receipt | {"k_number": K, "paid_on": DAY, "amount": 500})

    database.write(fill)
    return database


@pytest.fixture
def provider() -> Iterator[str]:
    """Somebody who answers, with a clock of 11:59."""

    class Answer(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(404)
            self.send_header("Date", "Mon, 23 Nov 2026 11:59:00 GMT")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def telegram(api_base: str) -> Settings:
    bot = {"token": "t", "webhook_secret": "s", "api_base": api_base}
    return settings(channels={"telegram": bot})


def test_a_healthy_house_has_nothing_wrong(healthy: Database) -> None:
    assert told(healthy, settings(), Grade.WRONG) == ""
    fine = told(healthy, settings(), Grade.FINE)
    assert "serve-1" in fine
    assert "openssl rand" in fine
    assert "Telegram is off" in told(healthy, settings(), Grade.NOTE)


def test_an_empty_house_says_how_to_begin(database: Database) -> None:
    wrong = told(database, settings(), Grade.WRONG)

    assert "bijli migrate" in wrong
    assert "bijli import consumers" in wrong


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ({"state": "done", "finished_at": MS - 25 * HOUR}, "last imported 2026-11-22 16:30"),
        ({"state": "failed", "finished_at": MS}, "failed"),
        ({"state": "running", "started_at": MS - 7 * HOUR}, "never ended"),
    ],
)
def test_a_stale_or_broken_import_is_named(
    healthy: Database, run: dict[str, object], words: str
) -> None:
    add(healthy, import_run, **({"kind": "bills", "started_at": MS - 25 * HOUR} | run))

    wrong = told(healthy, settings(), Grade.WRONG)

    assert words in wrong
    assert "bijli import bills" in wrong


def test_messages_that_wait_for_nobody_are_named(healthy: Database) -> None:
    healthy.write(lambda db: db.execute(update(node).values(heartbeat_at=MS - HOUR)))
    healthy.write(lambda db: db.execute(update(inbox).values(answered_at=None)))

    assert "1 messages wait for an answer" in told(healthy, settings(), Grade.WRONG)


def test_messages_that_failed_are_counted_with_their_reason(healthy: Database) -> None:
    healthy.write(lambda db: db.execute(update(outbox).values(state="failed", reason="63016")))

    assert "63016" in told(healthy, settings(), Grade.NOTE)


def test_a_clock_ahead_is_named(healthy: Database) -> None:
    healthy.write(lambda db: db.execute(update(node).values(heartbeat_at=MS + HOUR)))

    assert "NTP" in told(healthy, settings(), Grade.WRONG)


def test_the_clock_of_the_database_server_is_compared(healthy: Database) -> None:
    wrong = told(healthy, settings(), Grade.WRONG, now=datetime.now(UTC) + timedelta(days=400))

    assert ("database server" in wrong) != healthy.is_sqlite


def test_a_provider_that_answers_is_fine_and_its_clock_is_read(
    healthy: Database, provider: str
) -> None:
    minute_ago = NOW - timedelta(minutes=1)

    fine = told(healthy, telegram(provider), Grade.FINE, now=minute_ago)

    assert "Telegram is on and answers" in fine
    assert "clock of Telegram is 60 seconds" in told(healthy, telegram(provider), Grade.WRONG)


def test_a_provider_that_does_not_answer_is_named(healthy: Database) -> None:
    wrong = told(healthy, telegram("http://127.0.0.1:9"), Grade.WRONG)

    assert "Telegram is on, but http://127.0.0.1:9 does not answer" in wrong


GATEWAY = {
    "secret_in": "query:token",
    "inbound": {"from": "f", "text": "t", "id": "i"},
    "outbound": {"url": "http://127.0.0.1:9/send", "body": {"key": "{key}", "text": "{text}"}},
}


def by_gateway(**changed: object) -> Settings:
    """SMS by one gateway, and missed calls."""
    telephone = {"from": "f", "to": "t", "id": "i", "secret_in": "query:token"}
    channels = {"sms_by": "gup", "sms_gateways": {"gup": GATEWAY | changed}}
    return settings(channels=channels | {"missed_call": {"exo": telephone}})


def test_what_an_sms_gateway_lacks_is_named(healthy: Database) -> None:
    wrong = told(healthy, by_gateway(), Grade.WRONG)
    notes = told(healthy, by_gateway(), Grade.NOTE)

    assert "SMS by gup is on, but http://127.0.0.1:9 does not answer" in wrong
    assert "BIJLI_CHANNELS__SMS_GATEWAYS__GUP__KEY" in wrong
    assert "no number to write to. → Set channels.sms_gateways.gup.inbound_number" in wrong
    assert "/webhooks/sms/gup answers 404" in notes
    assert "BIJLI_CHANNELS__SMS_GATEWAYS__GUP__SECRET" in notes
    assert "/webhooks/missed-call/exo answers 404" in notes
    assert "none of its numbers has a purpose" in wrong


def test_a_gateway_that_sends_nothing_is_named(healthy: Database) -> None:
    wrong = told(healthy, by_gateway(outbound=None), Grade.WRONG)

    assert "Set channels.sms_gateways.gup.outbound" in wrong


def test_missed_calls_without_anybody_to_answer_them_are_named(healthy: Database) -> None:
    telephone = {"from": "f", "to": "t", "id": "i", "secret_in": "query:token", "secret": "s"}
    calls = settings(channels={"missed_call": {"exo": telephone}})

    assert "no SMS can leave" in told(healthy, calls, Grade.WRONG)


def test_a_gateway_with_all_it_needs_has_nothing_wrong(healthy: Database, provider: str) -> None:
    whole = by_gateway(
        secret="s",
        key="k",
        inbound_number="+919220512345",
        dlt=False,
        outbound={"url": f"{provider}/send", "body": {"key": "{key}"}},
    )

    then = NOW - timedelta(minutes=1)  # as the gateway's clock says

    assert "gup" not in told(healthy, whole, Grade.WRONG, now=then)
    assert "SMS by gup is on and answers" in told(healthy, whole, Grade.FINE, now=then)


def test_a_real_provider_needs_an_address_it_can_reach(healthy: Database) -> None:
    mail = {"channels": {"email": {"host": "mail.invalid", "from": "a@example.org"}}}
    public = {"server": {"public_url": "http://bijli.example.org"}}

    assert "server.public_url" in told(healthy, settings(**mail), Grade.WRONG)
    assert "not https" in told(healthy, settings(**mail, **public), Grade.WRONG)


def test_a_second_master_key_is_on_its_way(healthy: Database) -> None:
    other = base64.b64encode(b"o" * 32).decode()

    both = settings(security={"master_key": [other, KEY]})

    assert "bijli migrate" in told(healthy, both, Grade.NOTE)


def test_a_database_that_does_not_answer_is_named() -> None:
    database = Database("postgresql://nobody@/nothing?host=/nowhere")

    assert "does not answer" in told(database, settings(), Grade.WRONG)

    database.close()


def test_a_database_of_another_version_is_named(database: Database) -> None:
    database.write(lambda db: db.execute(text("UPDATE alembic_version SET version_num = 'x'")))

    assert "Run `bijli migrate`" in told(database, settings(), Grade.WRONG)


def test_a_healthy_house_passes_the_audit(healthy: Database) -> None:
    assert audit(healthy, SEALS, NOW) == []


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        (ledger, {"paise": 499}, "do not add up to nothing (1): 1"),
        (payment, {"amount": 600}, "does not hold what the gateway took in"),
        (payment, {"refunded": 600}, "More was given back"),
        (payment, {"state": "lost"}, "state nobody knows (1): pay_1"),
        (collection, {"amount": 400}, "Receipts of these payments"),
        (collection, {"receipt_number": "PAY-000099"}, "given and are nowhere"),
        (counter, {"value": 0}, "More receipts were written"),
        (counter, {"value": 3}, "given and are nowhere (2)"),
        (payment_link_part, {"live": True}, "still hold their bills (1): c"),
        (payment_link_part, {"amount": 1}, "sum of their parts (1): c"),
        (payment_link, {"state": "lost"}, "links are in a state nobody knows"),
        (consumer, {"k_number": 1}, f"have no connection (1): {K}"),
        (consumer, {"mobile_id": 4711}, "Connections have phone numbers"),
        (conversation, {"person_id": 4711}, "people that do not exist (1): 4711"),
        (conversation, {"external_id": "x"}, "exactly one address (1): 1"),
        (person, {"phone_id": None}, "another phone number than their person"),
        (inbox, {"answered_at": None}, "wait for an answer for more than 5 minutes (1): 1"),
        (inbox, {"conversation_id": 9}, "conversations that do not exist (1): 9"),
        (outbox, {"state": "retry"}, "should have left"),
        (outbox, {"state": "lost"}, "messages are in a state nobody knows"),
        (outbox, {"state": "accepted", "provider_id": None}, "without an id"),
    ],
)
def test_a_breach_is_named_with_its_rows(
    healthy: Database, table: Table, values: dict[str, object], words: str
) -> None:
    healthy.write(lambda db: db.execute(update(table).values(values)))

    assert words in "\n".join(audit(healthy, SEALS, NOW))


def test_a_ring_nobody_answered_is_a_breach(healthy: Database) -> None:
    add(healthy, gateway_event, event_id="e1", kind="x", received_at=MS - 2 * HOUR, due_at=MS)

    assert "rang for these" in "\n".join(audit(healthy, SEALS, NOW))


def test_a_number_no_key_opens_is_a_breach(healthy: Database) -> None:
    assert "No master key opens" in "\n".join(audit(healthy, Seals([b"x" * 32]), NOW))
