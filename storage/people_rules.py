"""What must always be true of people, and of what we keep of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, Table, exists, func, or_, select

from models.case import CaseKind, CaseState
from models.proof import TRIES
from storage.cases import is_unfinished
from storage.erasure import NOBODY
from storage.people import MOST_K_NUMBERS
from storage.rules import Rule
from storage.sql import stamp
from storage.tables import (
    complaint,
    consent,
    consumer,
    conversation,
    disowned,
    email,
    inbox,
    look_up,
    one_time_code,
    outbox,
    payment_link_asker,
    person,
    phone,
    proof,
    saved_k_number,
)

LATE_ERASURE = timedelta(hours=1)


def _missing(table: Table, column: str, other: Table) -> Select[tuple[object]]:
    named = table.c[column]
    return (
        select(named)
        .where(named.is_not(None))
        .where(~exists().where(other.c.id == named))
        .distinct()
    )


_OWNED = (
    ("Conversations belong to people", conversation, "person_id", person),
    ("Saved K-numbers belong to people", saved_k_number, "person_id", person),
    ("Look-ups belong to people", look_up, "person_id", person),
    ("Consents belong to people", consent, "person_id", person),
    ("Proofs belong to people", proof, "person_id", person),
    ("Disowned connections belong to people", disowned, "person_id", person),
    ("E-mail addresses belong to people", email, "person_id", person),
    ("Cases belong to people", complaint, "person_id", person),
    ("Conversations have phone numbers", conversation, "phone_id", phone),
    ("People have phone numbers", person, "phone_id", phone),
    ("Connections have phone numbers", consumer, "mobile_id", phone),
    ("Proofs name phone numbers", proof, "phone_id", phone),
    ("Codes went to phone numbers", one_time_code, "phone_id", phone),
    ("Messages came in conversations", inbox, "conversation_id", conversation),
    ("Messages leave for conversations", outbox, "conversation_id", conversation),
    ("Cases came up in conversations", complaint, "conversation_id", conversation),
    ("Links were asked for in conversations", payment_link_asker, "conversation_id", conversation),
)


def people_rules(now: datetime) -> tuple[Rule, ...]:
    """The rules as they are at a moment."""
    return (
        *_ALWAYS,
        Rule(
            "These people were to be erased more than an hour ago",
            select(person.c.id).where(person.c.erased_at < stamp(now - LATE_ERASURE)),
        ),
    )


_ALWAYS = (
    *(
        Rule(f"{said} that do not exist", _missing(table, column, other))
        for said, table, column, other in _OWNED
    ),
    Rule(
        "Codes belong to people or conversations that do not exist",
        # Of a person who was erased nothing is left but that a code went to a mobile.
        select(one_time_code.c.id)
        .where(one_time_code.c.person_id != NOBODY)
        .where(
            or_(
                ~exists().where(person.c.id == one_time_code.c.person_id),
                ~exists().where(conversation.c.id == one_time_code.c.conversation_id),
            )
        ),
    ),
    Rule(
        "These conversations do not have exactly one address",
        select(conversation.c.id).where(
            conversation.c.phone_id.is_(None) == conversation.c.external_id.is_(None)
        ),
    ),
    Rule(
        "These conversations have another phone number than their person",
        select(conversation.c.id)
        .join(person, person.c.id == conversation.c.person_id)
        .where(conversation.c.phone_id.is_not(None))
        .where(or_(person.c.phone_id.is_(None), person.c.phone_id != conversation.c.phone_id)),
    ),
    Rule(
        f"These people keep more than {MOST_K_NUMBERS} K-numbers",
        select(saved_k_number.c.person_id)
        .group_by(saved_k_number.c.person_id)
        .having(func.count() > MOST_K_NUMBERS),
    ),
    Rule(
        f"These codes were tried more than {TRIES} times",
        select(one_time_code.c.id).where(one_time_code.c.tries > TRIES),
    ),
    Rule(
        "These connections have two unfinished cases of one kind",
        select(complaint.c.k_number)
        .where(is_unfinished)
        .where(complaint.c.k_number.is_not(None))
        .group_by(complaint.c.k_number, complaint.c.kind)
        .having(func.count() > 1),
    ),
    Rule(
        "These cases are of a kind or in a state nobody knows",
        select(complaint.c.ref).where(
            or_(complaint.c.kind.not_in(list(CaseKind)), complaint.c.state.not_in(list(CaseState)))
        ),
    ),
)
