"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers only INTEGER keys by itself.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table and index."""
    op.create_table(
        "audit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "bill",
        sa.Column("bill_number", sa.Text(), nullable=False),
        sa.Column("k_number", sa.BigInteger(), nullable=False),
        sa.Column("bill_month", sa.Integer(), nullable=False),
        sa.Column("bill_date", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("cheque_due_date", sa.Date(), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("previous_reading", sa.Integer(), nullable=False),
        sa.Column("current_reading", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("fixed_charge", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("energy_charge", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("electricity_duty", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("cess", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("water_cess", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("urban_cess", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("fuel_surcharge", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "regulatory_surcharge", sa.BigInteger(), server_default=sa.text("0"), nullable=False
        ),
        sa.Column("other_charges", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("tcs", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("subsidy", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("rebate", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("security_deposit", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("arrears", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("amount", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("amount_after_due", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("meter_status", sa.Text(), server_default="", nullable=False),
        sa.UniqueConstraint("bill_number", name=op.f("uq_bill_bill_number")),
        sa.UniqueConstraint("k_number", "bill_month", name=op.f("uq_bill_k_number_bill_month")),
    )
    op.create_table(
        "collection",
        sa.Column("receipt_number", sa.Text(), nullable=False),
        sa.Column("k_number", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("gateway_payment_id", sa.Text(), nullable=True),
        sa.Column("bill_number", sa.Text(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("receipt_number", name=op.f("pk_collection")),
    )
    op.create_index(
        op.f("ix_collection_gateway_payment_id"), "collection", ["gateway_payment_id"], unique=False
    )
    op.create_index(
        "ix_collection_k_number_paid_on", "collection", ["k_number", "paid_on"], unique=False
    )
    op.create_index(op.f("ix_collection_recorded_on"), "collection", ["recorded_on"], unique=False)
    op.create_table(
        "consumer",
        sa.Column("k_number", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_hi", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("locality", sa.Text(), server_default="", nullable=False),
        sa.Column("pincode", sa.Text(), server_default="", nullable=False),
        sa.Column("mobile_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("load_watts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("phase", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("office_code", sa.Text(), nullable=False),
        sa.Column("feeder_code", sa.Text(), server_default="", nullable=False),
        sa.Column("meter_number", sa.Text(), server_default="", nullable=False),
        sa.Column("connected_on", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("k_number", name=op.f("pk_consumer")),
    )
    op.create_index(op.f("ix_consumer_feeder_code"), "consumer", ["feeder_code"], unique=False)
    op.create_index(op.f("ix_consumer_mobile_id"), "consumer", ["mobile_id"], unique=False)
    op.create_index(op.f("ix_consumer_office_code"), "consumer", ["office_code"], unique=False)
    op.create_table(
        "conversation",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("phone_id", sa.BigInteger(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("talk", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_heard_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint(
            "channel", "external_id", name=op.f("uq_conversation_channel_external_id")
        ),
        sa.UniqueConstraint("channel", "phone_id", name=op.f("uq_conversation_channel_phone_id")),
    )
    op.create_index(op.f("ix_conversation_person_id"), "conversation", ["person_id"], unique=False)
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "fact",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fact")),
    )
    op.create_table(
        "feeder",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_hi", sa.Text(), server_default="", nullable=False),
        sa.Column("office_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("sms_name", sa.Text(), server_default="", nullable=False),
        sa.Column("sms_name_hi", sa.Text(), server_default="", nullable=False),
        sa.Column("gss", sa.Text(), server_default="", nullable=False),
        sa.Column("gss_hi", sa.Text(), server_default="", nullable=False),
        sa.Column("block_hours", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_feeder")),
    )
    op.create_index(op.f("ix_feeder_office_code"), "feeder", ["office_code"], unique=False)
    op.create_table(
        "gateway_event",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("gateway_link_id", sa.Text(), server_default="", nullable=False),
        sa.Column("gateway_payment_id", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_gateway_event")),
    )
    op.create_index(
        "ix_gateway_event_open",
        "gateway_event",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "import_run",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("rows", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("accepted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rejected", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_kind"), "import_run", ["kind"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "provider_id", name=op.f("uq_inbox_channel_provider_id")),
    )
    op.create_index(
        "ix_inbox_open",
        "inbox",
        ["conversation_id", "id"],
        unique=False,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False)
    op.create_table(
        "k_number_alias",
        sa.Column("old_k_number", ID, autoincrement=False, nullable=False),
        sa.Column("new_k_number", sa.BigInteger(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("old_k_number", name=op.f("pk_k_number_alias")),
    )
    op.create_index(
        op.f("ix_k_number_alias_new_k_number"), "k_number_alias", ["new_k_number"], unique=False
    )
    op.create_table(
        "ledger",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("k_number", sa.BigInteger(), nullable=True),
        sa.Column("paise", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_index(op.f("ix_ledger_payment_id"), "ledger", ["payment_id"], unique=False)
    op.create_table(
        "locality",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_hi", sa.Text(), server_default="", nullable=False),
        sa.Column("office_code", sa.Text(), nullable=False),
        sa.Column("pincode", sa.Text(), server_default="", nullable=False),
        sa.Column("aliases", sa.Text(), server_default="", nullable=False),
        sa.Column("feeder_codes", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locality")),
        sa.UniqueConstraint("name", "office_code", name=op.f("uq_locality_name_office_code")),
    )
    op.create_table(
        "look_up",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("k_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "day", "k_number", name=op.f("pk_look_up")),
    )
    op.create_table(
        "node",
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("heartbeat_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_node")),
    )
    op.create_table(
        "office",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_hi", sa.Text(), server_default="", nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("served_by", sa.Text(), server_default="", nullable=False),
        sa.Column("helpline", sa.Text(), server_default="", nullable=False),
        sa.Column("officer", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("hours", sa.Text(), server_default="", nullable=False),
        sa.Column("map_url", sa.Text(), server_default="", nullable=False),
        sa.Column("area", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_office")),
    )
    op.create_index(op.f("ix_office_parent_code"), "office", ["parent_code"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_conversation_id"), "outbox", ["conversation_id"], unique=False)
    op.create_index("ix_outbox_created_at", "outbox", ["created_at"], unique=False)
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('sending', 'retry')"),
        postgresql_where=sa.text("state IN ('sending', 'retry')"),
    )
    op.create_index("ix_outbox_provider_id", "outbox", ["provider_id"], unique=False)
    op.create_table(
        "pace",
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("tat", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_pace")),
    )
    op.create_table(
        "payment",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("gateway_payment_id", sa.Text(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("refunded", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("gateway_payment_id", name=op.f("uq_payment_gateway_payment_id")),
    )
    op.create_index(op.f("ix_payment_link_id"), "payment", ["link_id"], unique=False)
    op.create_table(
        "payment_link",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("gateway_id", sa.Text(), nullable=True),
        sa.Column("gateway_url", sa.Text(), server_default="", nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_part", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("check_at", sa.BigInteger(), nullable=True),
        sa.Column("replaced_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_link")),
        sa.UniqueConstraint("code", name=op.f("uq_payment_link_code")),
        sa.UniqueConstraint("gateway_id", name=op.f("uq_payment_link_gateway_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_link_reference")),
    )
    op.create_index(
        "ix_payment_link_check_at",
        "payment_link",
        ["check_at"],
        unique=False,
        sqlite_where=sa.text("check_at IS NOT NULL"),
        postgresql_where=sa.text("check_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_payment_link_replaced_by"), "payment_link", ["replaced_by"], unique=False
    )
    op.create_index("ix_payment_link_state_id", "payment_link", ["state", "id"], unique=False)
    op.create_table(
        "payment_link_asker",
        sa.Column("link_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("link_id", "conversation_id", name=op.f("pk_payment_link_asker")),
    )
    op.create_table(
        "payment_link_part",
        sa.Column("link_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bill_number", sa.Text(), nullable=False),
        sa.Column("k_number", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("link_id", "bill_number", name=op.f("pk_payment_link_part")),
    )
    op.create_index(
        op.f("ix_payment_link_part_k_number"), "payment_link_part", ["k_number"], unique=False
    )
    op.create_index(
        "uq_payment_link_part_live",
        "payment_link_part",
        ["bill_number"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )
    op.create_table(
        "person",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("phone_id", sa.BigInteger(), nullable=True),
        sa.Column("tag", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("phone_id", name=op.f("uq_person_phone_id")),
    )
    op.create_table(
        "phone",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
        sa.UniqueConstraint("hash", name=op.f("uq_phone_hash")),
    )
    op.create_table(
        "saved_k_number",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("k_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("nickname", sa.Text(), server_default="", nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "k_number", name=op.f("pk_saved_k_number")),
    )
