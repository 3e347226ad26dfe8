"""A payment desk in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.consumer import Account
from models.errors import Temporary
from models.k_number import KNumber
from models.message import Tag
from models.money import Money
from models.payment import Asked, PaidReceipt, PaymentNews

AFTER_DUE = timedelta(days=7)


@dataclass(slots=True)
class FakePayments:
    """Makes links `L1`, `L2`, … and remembers which sum of which bill each asks for."""

    silent: bool = False  # the gateway does not answer
    made: dict[tuple[KNumber, Money], Asked] = field(default_factory=dict)
    by_key: dict[str, Asked] = field(default_factory=dict)
    receipts: dict[KNumber, PaidReceipt] = field(default_factory=dict)
    past: dict[KNumber, list[PaidReceipt]] = field(default_factory=dict)  # every receipt
    told: dict[KNumber, PaymentNews] = field(default_factory=dict)

    async def ask(
        self,
        account: Account,
        amount: Money | None,
        *,
        conversation_id: int,
        tag: Tag,
        key: str,
        now: datetime,
    ) -> Asked:
        """As `bot.ports.Payments`: the same link for a key, and while sum and bill are the same."""
        if self.silent:
            raise Temporary
        if key in self.by_key:
            return self.by_key[key]
        bill = account.bill
        if bill is None:
            raise LookupError
        wanted = (account.consumer.k_number, amount or bill.payable(now))
        if wanted not in self.made:
            until = now + AFTER_DUE if bill.is_overdue(now) else bill.due_at()
            url = f"https://bijli.avvnl.example/p/L{len(self.made) + 1}"
            self.made[wanted] = Asked(url, wanted[1], until)
        self.by_key[key] = self.made[wanted]
        return self.made[wanted]

    async def news(self, k: KNumber, *, fresh: bool, now: datetime) -> PaymentNews | None:
        """What became of the newest link; a silent gateway tells nothing fresh."""
        if fresh and self.silent:
            raise Temporary
        return self.told.get(k)

    async def last_receipt(self, k: KNumber) -> PaidReceipt | None:
        """The newest receipt."""
        return self.receipts.get(k)

    async def history(self, k: KNumber, most: int) -> tuple[PaidReceipt, ...]:
        """Every receipt, newest first."""
        every = sorted(self.past.get(k, []), key=lambda it: it.paid_on, reverse=True)
        return tuple(every[:most])
