"""Accounts, proofs, consents, e-mail, cases and papers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite numbers only INTEGER keys by itself.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns at the end of what is there, and make the new tables."""
    op.add_column("person", sa.Column("look_ups_a_day", sa.Integer()))
    op.add_column(
        "person",
        sa.Column("holds_many", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    for name in ("stopped_at", "email_asked_at", "email_confirmed_at", "erased_at"):
        op.add_column("person", sa.Column(name, sa.BigInteger()))
    erased = sa.text("erased_at IS NOT NULL")
    op.create_index(
        "ix_person_erased_at",
        "person",
        ["erased_at"],
        sqlite_where=erased,
        postgresql_where=erased,
    )
    answered = sa.text("answered_at IS NOT NULL")
    op.create_index(
        "ix_inbox_answered",
        "inbox",
        ["conversation_id"],
        sqlite_where=answered,
        postgresql_where=answered,
    )
    op.add_column("saved_k_number", sa.Column("notices_at", sa.BigInteger()))
    op.create_index(op.f("ix_saved_k_number_k_number"), "saved_k_number", ["k_number"])
    op.add_column("outbox", sa.Column("key", sa.Text()))
    op.create_index(
        "uq_outbox_key",
        "outbox",
        ["key"],
        unique=True,
        sqlite_where=sa.text("key IS NOT NULL"),
        postgresql_where=sa.text("key IS NOT NULL"),
    )
    missed_calls = sa.text("provider_id LIKE 'missed:%'")
    op.create_index(
        "ix_inbox_missed_call",
        "inbox",
        ["conversation_id", "received_at"],
        sqlite_where=missed_calls,
        postgresql_where=missed_calls,
    )
    _email_and_consent()
    _proofs()
    _cases_and_papers()


def _email_and_consent() -> None:
    op.create_table(
        "email",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger()),
        sa.Column("stopped_at", sa.BigInteger()),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email")),
    )
    op.create_index(op.f("ix_email_person_id"), "email", ["person_id"])
    op.create_table(
        "consent",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("k_number", sa.BigInteger()),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"])


def _proofs() -> None:
    op.create_table(
        "forgotten",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("looked_up", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_forgotten")),
    )
    op.create_table(
        "proof",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("k_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("phone_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "k_number", name=op.f("pk_proof")),
    )
    op.create_table(
        "disowned",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("k_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "k_number", name=op.f("pk_disowned")),
    )
    op.create_table(
        "one_time_code",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("phone_id", sa.BigInteger()),
        sa.Column("k_number", sa.BigInteger()),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("entered_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint(
            "conversation_id", "key", name=op.f("uq_one_time_code_conversation_id_key")
        ),
    )
    for name in ("person_id", "phone_id"):
        op.create_index(op.f(f"ix_one_time_code_{name}"), "one_time_code", [name])


def _cases_and_papers() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("k_number", sa.BigInteger()),
        sa.Column("office_code", sa.Text(), server_default="", nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("conversation_id", sa.BigInteger()),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("facts", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("ref", name=op.f("uq_complaint_ref")),
    )
    for name in ("k_number", "person_id"):
        op.create_index(op.f(f"ix_complaint_{name}"), "complaint", [name])
    unfinished = sa.text("state IN ('open', 'assigned', 'reopened') AND k_number IS NOT NULL")
    op.create_index(
        "uq_complaint_unfinished",
        "complaint",
        ["k_number", "kind"],
        unique=True,
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
    op.create_table(
        "paper",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("k_number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("key", name=op.f("uq_paper_key")),
    )
    op.create_index(op.f("ix_paper_k_number"), "paper", ["k_number"])
    op.create_index(op.f("ix_paper_made_at"), "paper", ["made_at"])
