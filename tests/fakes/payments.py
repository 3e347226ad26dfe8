"""A payment desk in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from models.consumer import Account
from models.errors import Temporary
from models.k_number import KNumber
from models.message import Tag
from models.money import NOTHING, Money
from models.payment import Asked, LinkPart, PaidReceipt, PaymentNews

AFTER_DUE = timedelta(days=7)


@dataclass(slots=True)
class FakePayments:
    """Makes links `L1`, `L2`, … and remembers which sum of which bill each asks for."""

    silent: bool = False  # the gateway does not answer
    made: dict[tuple[LinkPart, ...], Asked] = field(default_factory=dict)
    count: int = 0
    by_key: dict[str, Asked] = field(default_factory=dict)
    receipts: dict[KNumber, PaidReceipt] = field(default_factory=dict)
    past: dict[KNumber, list[PaidReceipt]] = field(default_factory=dict)  # every receipt
    told: dict[KNumber, PaymentNews] = field(default_factory=dict)

    async def ask(
        self,
        accounts: tuple[Account, ...],
        amount: Money | None,
        *,
        conversation_id: int,
        tag: Tag,
        key: str,
        now: datetime,
    ) -> Asked:
        """As `bot.ports.Payments`: the same link for a key, and while nothing changed."""
        if self.silent:
            raise Temporary
        if key in self.by_key:
            return self.by_key[key]
        bills = [it.bill for it in accounts if it.bill is not None and it.bill.payable(now)]
        if not bills:
            raise LookupError
        wanted = tuple(
            LinkPart(bill.k_number, bill.number, amount or bill.payable(now)) for bill in bills
        )
        theirs = {part.k_number for part in wanted}
        old = [it for it in self.made if theirs & {part.k_number for part in it} and it != wanted]
        for parts in old:
            del self.made[parts]
        if wanted not in self.made:
            self.count += 1
            ends = [now + AFTER_DUE if it.is_overdue(now) else it.due_at() for it in bills]
            total = sum((part.amount for part in wanted), NOTHING)
            url = f"https://bijli.avvnl.example/p/L{self.count}"
            self.made[wanted] = Asked(url, total, min(ends), wanted)
        self.by_key[key] = self.made[wanted]
        return replace(self.made[wanted], instead=bool(old))

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
