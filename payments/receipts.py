"""What a payer is told when money has arrived."""

from __future__ import annotations

from typing import Protocol

from models.message import ChannelName, Tag
from models.settlement import Arrived, News
from models.words import Say, Word


class Herald(Protocol):
    """Puts sentences into a message as the outbox keeps it."""

    def write(self, says: tuple[Say, ...], tag: Tag, channel: ChannelName) -> str:
        """The message's body, words chosen. Called inside a transaction: it must not wait."""


def thanks(arrived: Arrived) -> Say:
    """The sentence for one sum: its receipt, or that it came twice and is kept."""
    if not arrived.receipt:
        return Say("payment-duplicate", {"amount": arrived.amount, "k": arrived.k_number})
    facts: dict[str, Word] = {
        "amount": arrived.amount,
        "k": arrived.k_number,
        "date": arrived.paid_on,
        "receipt": arrived.receipt,
    }
    if arrived.left:
        return Say("payment-received-part", {**facts, "left": arrived.left})
    return Say("payment-received", facts)


def letter(news: News, herald: Herald) -> str:
    """What one asker is told, as the outbox keeps it."""
    return herald.write(tuple(thanks(it) for it in news.arrived), news.tag, news.channel)
