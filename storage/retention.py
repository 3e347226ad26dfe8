"""Forgetting: what people said, looked up and proved is kept only as long as it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from models.bill import IST
from storage.forgotten import forget_the_forgotten
from storage.papers import A_LINK, KEPT
from storage.sql import stamp
from storage.tables import inbox, lesson, look_up, one_time_code, outbox, paper, proof

CODES = timedelta(days=1)
PROOFS = timedelta(days=180)  # so long a code that was entered shows whose a connection is
AT_ONCE = 2_000  # rows a call: a short write, whatever has gathered


def forget(db: Connection, messages_days: int, now: datetime) -> int:
    """Delete some of what is past its time; returns how many rows went, 0 when nothing is left."""
    before = stamp(now - timedelta(days=messages_days))
    old_in = (
        select(inbox.c.id)
        .where(inbox.c.received_at < before)
        .where(inbox.c.answered_at.is_not(None))
        .limit(AT_ONCE)
    )
    old_out = select(outbox.c.id).where(outbox.c.created_at < before).limit(AT_ONCE)
    gone = db.execute(delete(inbox).where(inbox.c.id.in_(old_in))).rowcount
    gone += db.execute(delete(outbox).where(outbox.c.id.in_(old_out))).rowcount
    gone += db.execute(delete(lesson).where(lesson.c.at < before)).rowcount
    past = stamp(now - KEPT - A_LINK)
    old_papers = select(paper.c.id).where(paper.c.made_at < past).limit(AT_ONCE)
    gone += db.execute(delete(paper).where(paper.c.id.in_(old_papers))).rowcount
    yesterday = now.astimezone(IST).date() - timedelta(days=1)
    gone += db.execute(delete(look_up).where(look_up.c.day < yesterday)).rowcount
    gone += forget_the_forgotten(db, yesterday)
    old_codes = one_time_code.c.sent_at < stamp(now - CODES)
    gone += db.execute(delete(one_time_code).where(old_codes)).rowcount
    gone += db.execute(delete(proof).where(proof.c.at < stamp(now - PROOFS))).rowcount
    return gone
