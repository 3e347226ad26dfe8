"""What a payer is told when money has arrived."""

from __future__ import annotations

from typing import Protocol

from models.message import ChannelName, Tag
from models.money import NOTHING, Money
from models.settlement import Arrived, News
from models.words import Say, Word


class Herald(Protocol):
    """Puts sentences into a message as the outbox keeps it."""

    def write(self, says: tuple[Say, ...], tag: Tag, channel: ChannelName) -> str:
        """The message's body, words chosen. Called inside a transaction: it must not wait."""

    def mail(
        self,
        says: tuple[Say, ...],
        amount: Money,
        tag: Tag,
        email_id: int,
        receipts: tuple[str, ...],
    ) -> str:
        """The body of an e-mail about money that arrived, `amount` in all; it must not wait.

        The receipts go with it as files.
        """


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
    """What one person is told, as the outbox keeps it."""
    says = tuple(thanks(it) for it in news.arrived)
    if news.email_id is None:
        return herald.write(says, news.tag, news.channel)
    amount = sum((it.amount for it in news.arrived), NOTHING)
    receipts = tuple(it.receipt for it in news.arrived)
    return herald.mail(says, amount, news.tag, news.email_id, receipts)
