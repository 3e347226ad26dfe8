"""Every table, once. Moments are epoch milliseconds, money is paise, K-numbers are integers."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite keeps a table in the order of an INTEGER key, and numbers only such keys by itself.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", _Id, primary_key=True, autoincrement=True)


def _paise(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=text("0"))


# The company's records, from its billing system and its office lists.

office = Table(
    "office",
    metadata,
    Column("code", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_hi", Text, nullable=False, server_default=""),
    Column("parent_code", Text, index=True),
    Column("served_by", Text, nullable=False, server_default=""),
    Column("helpline", Text, nullable=False, server_default=""),
    Column("officer", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("hours", Text, nullable=False, server_default=""),
    Column("map_url", Text, nullable=False, server_default=""),
    Column("area", Text, nullable=False, server_default=""),  # city, municipal, rural
)

feeder = Table(
    "feeder",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_hi", Text, nullable=False, server_default=""),
    Column("office_code", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False, server_default=""),
    Column("sms_name", Text, nullable=False, server_default=""),
    Column("sms_name_hi", Text, nullable=False, server_default=""),
    Column("gss", Text, nullable=False, server_default=""),
    Column("gss_hi", Text, nullable=False, server_default=""),
    Column("block_hours", Text, nullable=False, server_default=""),
)

locality = Table(
    "locality",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("name_hi", Text, nullable=False, server_default=""),
    Column("office_code", Text, nullable=False),
    Column("pincode", Text, nullable=False, server_default=""),
    Column("aliases", Text, nullable=False, server_default=""),  # separated by ;
    Column("feeder_codes", Text, nullable=False, server_default=""),  # separated by ;
    UniqueConstraint("name", "office_code"),
)

consumer = Table(
    "consumer",
    metadata,
    Column("k_number", _Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("name_hi", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("locality", Text, nullable=False, server_default=""),
    Column("pincode", Text, nullable=False, server_default=""),
    Column("mobile_id", BigInteger, index=True),  # phone.id: a number lives once
    Column("email", Text, nullable=False, server_default=""),
    Column("category", Text, nullable=False),
    Column("load_watts", Integer, nullable=False, server_default=text("0")),
    Column("phase", Integer, nullable=False, server_default=text("1")),
    Column("office_code", Text, nullable=False, index=True),
    Column("feeder_code", Text, nullable=False, server_default="", index=True),
    Column("meter_number", Text, nullable=False, server_default=""),
    Column("connected_on", Date),
    Column("status", Text, nullable=False),
)

k_number_alias = Table(
    "k_number_alias",
    metadata,
    Column("old_k_number", _Id, primary_key=True, autoincrement=False),
    Column("new_k_number", BigInteger, nullable=False, index=True),
    Column("effective_on", Date, nullable=False),
)

bill = Table(
    "bill",
    metadata,
    Column("bill_number", Text, nullable=False),
    Column("k_number", BigInteger, nullable=False),
    Column("bill_month", Integer, nullable=False),  # 202611
    Column("bill_date", Date, nullable=False),
    Column("due_date", Date, nullable=False),
    Column("cheque_due_date", Date),
    Column("period_from", Date),
    Column("period_to", Date),
    Column("previous_reading", Integer, nullable=False),
    Column("current_reading", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    _paise("fixed_charge"),
    _paise("energy_charge"),
    _paise("electricity_duty"),
    _paise("cess"),
    _paise("water_cess"),
    _paise("urban_cess"),
    _paise("fuel_surcharge"),
    _paise("regulatory_surcharge"),
    _paise("other_charges"),
    _paise("tcs"),
    _paise("subsidy"),
    _paise("rebate"),
    _paise("security_deposit"),
    _paise("arrears"),
    _paise("amount"),
    _paise("amount_after_due"),
    Column("meter_status", Text, nullable=False, server_default=""),
    # The newest bill of a connection is the hot read: its key is the road to it.
    UniqueConstraint("k_number", "bill_month"),
    UniqueConstraint("bill_number"),
)

collection = Table(
    "collection",
    metadata,
    Column("receipt_number", Text, primary_key=True),
    Column("k_number", BigInteger, nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("amount", BigInteger, nullable=False),  # paise
    Column("mode", Text, nullable=False),
    # Ours only: money that came through a link.
    Column("gateway_payment_id", Text, index=True),
    Column("bill_number", Text),
    Column("recorded_on", Date, index=True),  # the day we learnt of it, which may be a later one
    Column("posted_on", Date),  # the day the billing system sent it back
    Index("ix_collection_k_number_paid_on", "k_number", "paid_on"),
)

import_run = Table(
    "import_run",
    metadata,
    _id(),
    Column("kind", Text, nullable=False, index=True),
    Column("state", Text, nullable=False),  # running, done, failed
    Column("started_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
    Column("rows", Integer, nullable=False, server_default=text("0")),
    Column("accepted", Integer, nullable=False, server_default=text("0")),
    Column("rejected", Integer, nullable=False, server_default=text("0")),
)

# People and their talk.

phone = Table(
    "phone",
    metadata,
    _id(),
    Column("hash", LargeBinary, nullable=False, unique=True),  # keyed, of the E.164 number
    Column("sealed", LargeBinary, nullable=False),  # the number itself, under the master key
)

person = Table(
    "person",
    metadata,
    _id(),
    Column("phone_id", BigInteger, unique=True),
    Column("tag", Text),  # the language they chose
    Column("created_at", BigInteger, nullable=False),
    # What staff granted: a kiosk looks up more, a mobile on many connections is one person's.
    Column("look_ups_a_day", Integer),
    Column("holds_many", Boolean, nullable=False, server_default=false()),
    Column("stopped_at", BigInteger),  # no notices since they said STOP
    Column("email_asked_at", BigInteger),
    Column("email_confirmed_at", BigInteger),
    Column("erased_at", BigInteger),  # forgotten, but for the last reply that is on its way
    Index(
        "ix_person_erased_at",
        "erased_at",
        sqlite_where=text("erased_at IS NOT NULL"),
        postgresql_where=text("erased_at IS NOT NULL"),
    ),
)

# Whoever had their data erased today has no new look-ups for it; kept until the day is over.
forgotten = Table(
    "forgotten",
    metadata,
    Column("hash", LargeBinary, primary_key=True),  # keyed, of the address
    Column("day", Date, nullable=False),
    Column("looked_up", Integer, nullable=False),
)

# The newest of a person is the one that counts, once it is confirmed.
email = Table(
    "email",
    metadata,
    _id(),  # the conversation of the channel `email` has it as its external id
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # the address, under the master key
    Column("tag", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("confirmed_at", BigInteger),
    Column("stopped_at", BigInteger),  # unsubscribed, replaced, or the address does not exist
    Column("reason", Text, nullable=False, server_default=""),
)

consent = Table(
    "consent",
    metadata,
    _id(),
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("conversation_id", BigInteger, nullable=False),
    Column("k_number", BigInteger),
    Column("given", Boolean, nullable=False),
    Column("words", Text, nullable=False),  # the question as it was put, or the word they sent
    Column("at", BigInteger, nullable=False),
)

# Who entered a code that was sent to the registered mobile; it holds while that mobile is it.
proof = Table(
    "proof",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("k_number", BigInteger, primary_key=True, autoincrement=False),
    Column("phone_id", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)

# "This number is not mine": the registered mobile proves nothing any more.
disowned = Table(
    "disowned",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("k_number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
)

one_time_code = Table(
    "one_time_code",
    metadata,
    _id(),
    Column("conversation_id", BigInteger, nullable=False),  # where it was asked for and is entered
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("phone_id", BigInteger, index=True),  # where it was sent; empty: to the conversation
    Column("k_number", BigInteger),
    Column("purpose", Text, nullable=False),  # the intent it proves for
    Column("key", Text, nullable=False),  # the message that asked
    Column("hash", LargeBinary, nullable=False),  # keyed
    Column("sent_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("entered_at", BigInteger),
    UniqueConstraint("conversation_id", "key"),
)

conversation = Table(
    "conversation",
    metadata,
    _id(),
    Column("channel", Text, nullable=False),
    Column("phone_id", BigInteger),
    Column("external_id", Text),  # a chat id, or a WhatsApp id without a number
    Column("person_id", BigInteger, nullable=False, index=True),
    Column("talk", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default=text("0")),
    Column("last_heard_at", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("channel", "phone_id"),
    UniqueConstraint("channel", "external_id"),
)

saved_k_number = Table(
    "saved_k_number",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("k_number", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("nickname", Text, nullable=False, server_default=""),
    Column("saved_at", BigInteger, nullable=False),
    Column("notices_at", BigInteger),  # since when they want notices about it
)

# Things for staff to finish.
complaint = Table(
    "complaint",
    metadata,
    _id(),
    Column("ref", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("k_number", BigInteger, index=True),
    Column("office_code", Text, nullable=False, server_default=""),
    Column("person_id", BigInteger, index=True),  # empty once the person is forgotten
    Column("conversation_id", BigInteger),
    Column("text", Text, nullable=False, server_default=""),  # in the person's words
    Column("facts", Text, nullable=False, server_default=""),  # JSON
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    # One unfinished case per connection and kind, however often it is brought up.
    Index(
        "uq_complaint_unfinished",
        "k_number",
        "kind",
        unique=True,
        sqlite_where=text("state IN ('open', 'assigned', 'reopened') AND k_number IS NOT NULL"),
        postgresql_where=text("state IN ('open', 'assigned', 'reopened') AND k_number IS NOT NULL"),
    ),
)

# PDFs and pictures as they were made; never made twice.
paper = Table(
    "paper",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),  # what it is of, and of which facts
    Column("k_number", BigInteger, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("mime", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", BigInteger, nullable=False, index=True),
)

look_up = Table(
    "look_up",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("k_number", BigInteger, primary_key=True, autoincrement=False),
)

# Thousands may ring within a minute, and each asks whether it rang before.
MISSED_CALLS = text("provider_id LIKE 'missed:%'")

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("channel", Text, nullable=False),
    Column("provider_id", Text, nullable=False),
    Column("conversation_id", BigInteger, nullable=False),
    Column("body", Text, nullable=False),  # JSON of the message, without its sender
    Column("received_at", BigInteger, nullable=False),
    Column("owner", Text),  # the process that will answer; empty: any
    Column("answered_at", BigInteger),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("channel", "provider_id"),
    Index(
        "ix_inbox_open",
        "conversation_id",
        "id",
        sqlite_where=text("answered_at IS NULL"),
        postgresql_where=text("answered_at IS NULL"),
    ),
    Index(
        "ix_inbox_answered",  # to erase them by
        "conversation_id",
        sqlite_where=text("answered_at IS NOT NULL"),
        postgresql_where=text("answered_at IS NOT NULL"),
    ),
    Index("ix_inbox_received_at", "received_at"),
    Index(
        "ix_inbox_missed_call",
        "conversation_id",
        "received_at",
        sqlite_where=MISSED_CALLS,
        postgresql_where=MISSED_CALLS,
    ),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("conversation_id", BigInteger, nullable=False, index=True),
    Column("inbox_id", BigInteger),
    Column("body", Text, nullable=False),  # JSON: text and options, words chosen
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False, server_default=false()),  # it may have left before
    Column("owner", Text),
    Column("due_at", BigInteger, nullable=False),
    Column("provider_id", Text),
    Column("reason", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("key", Text),  # of what we say unasked: the same is said once
    Index(
        "uq_outbox_key",
        "key",
        unique=True,
        sqlite_where=text("key IS NOT NULL"),
        postgresql_where=text("key IS NOT NULL"),
    ),
    Index(
        "ix_outbox_due",
        "due_at",
        sqlite_where=text("state IN ('sending', 'retry')"),
        postgresql_where=text("state IN ('sending', 'retry')"),
    ),
    Index("ix_outbox_provider_id", "provider_id"),
    Index("ix_outbox_created_at", "created_at"),
)

pace = Table(
    "pace",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("tat", Float, nullable=False),  # epoch seconds: when the next message may leave
)

node = Table(
    "node",
    metadata,
    Column("slot", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("heartbeat_at", BigInteger, nullable=False),
)

fact = Table(
    "fact",
    metadata,
    Column("name", Text, primary_key=True),  # made_at, swept:twilio:whatsapp …
    Column("value", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", BigInteger, nullable=False),
    Column("subject", Text, nullable=False, index=True),  # payment:12, person:7
    Column("actor", Text, nullable=False),
    Column("sentence", Text, nullable=False),
)

# Masked messages that were not understood, each once; they name no person and no conversation.
lesson = Table(
    "lesson",
    metadata,
    _id(),
    Column("at", BigInteger, nullable=False, index=True),
    Column("text", Text, nullable=False, unique=True),
    Column("tag", Text, nullable=False),
    Column("guessed", Text, nullable=False),  # an intent
    Column("chosen", Text, nullable=False, server_default=""),  # the intent tapped; empty: none
    Column("confidence", Float, nullable=False),
)

# Money.

payment_link = Table(
    "payment_link",
    metadata,
    _id(),
    Column("code", Text, nullable=False, unique=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("gateway_id", Text, unique=True),
    Column("gateway_url", Text, nullable=False, server_default=""),
    Column("amount", BigInteger, nullable=False),  # paise
    Column("state", Text, nullable=False),
    Column("is_part", Boolean, nullable=False, server_default=false()),
    Column("tag", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("check_at", BigInteger),  # when the gateway is asked next; empty: never again
    Column("replaced_by", BigInteger, index=True),
    Index("ix_payment_link_state_id", "state", "id"),
    Index(
        "ix_payment_link_check_at",
        "check_at",
        sqlite_where=text("check_at IS NOT NULL"),
        postgresql_where=text("check_at IS NOT NULL"),
    ),
)

# Everybody who asked for a link is told what came of it.
payment_link_asker = Table(
    "payment_link_asker",
    metadata,
    Column("link_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("tag", Text, nullable=False),
)

payment_link_part = Table(
    "payment_link_part",
    metadata,
    Column("link_id", BigInteger, primary_key=True, autoincrement=False),
    Column("bill_number", Text, primary_key=True),
    Column("k_number", BigInteger, nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),  # paise
    Column("live", Boolean, nullable=False),
    # A bill is in at most one live link, whoever asks: the database itself holds to it.
    Index(
        "uq_payment_link_part_live",
        "bill_number",
        unique=True,
        sqlite_where=text("live"),
        postgresql_where=text("live"),
    ),
)

gateway_event = Table(
    "gateway_event",
    metadata,
    Column("event_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    # What to ask the gateway about.
    Column("gateway_link_id", Text, nullable=False, server_default=""),
    Column("gateway_payment_id", Text, nullable=False, server_default=""),
    Column("received_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),  # when to ask, or to ask again
    Column("settled_at", BigInteger),
    Index(
        "ix_gateway_event_open",
        "due_at",
        sqlite_where=text("settled_at IS NULL"),
        postgresql_where=text("settled_at IS NULL"),
    ),
)

payment = Table(
    "payment",
    metadata,
    _id(),
    Column("gateway_payment_id", Text, nullable=False, unique=True),
    Column("link_id", BigInteger, index=True),  # empty: money that belongs to no link of ours
    Column("amount", BigInteger, nullable=False),  # paise
    Column("method", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False),
    Column("captured_at", BigInteger, nullable=False),
    _paise("kept"),  # what of it is nobody's bill: it waits in suspense, listed for staff
    Column("refunded", BigInteger, nullable=False, server_default=text("0")),  # paise
)

ledger = Table(
    "ledger",
    metadata,
    _id(),
    Column("payment_id", BigInteger, nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("account", Text, nullable=False),  # gateway, consumer, suspense
    Column("k_number", BigInteger),
    Column("paise", BigInteger, nullable=False),  # a payment's lines add up to nothing
)

counter = Table(
    "counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
