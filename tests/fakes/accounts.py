"""Billing records in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from models.bill import Bill
from models.consumer import Account, LookUp
from models.k_number import KNumber
from models.message import Phone

A_DAY = 25  # different K-numbers of others that a person may look up


@dataclass(slots=True)
class FakeAccounts:
    """Connections by their K-number; an old number leads to the account that says so."""

    accounts: dict[KNumber, Account] = field(default_factory=dict)
    own: tuple[KNumber, ...] = ()
    shared: tuple[KNumber, ...] = ()  # registered on whatever number is shared
    seen: set[KNumber] = field(default_factory=set)
    emails_named: int = 0
    look_ups_left: int = A_DAY
    past: dict[KNumber, list[Bill]] = field(default_factory=dict)  # bills before the newest

    async def look_up(self, person_id: int, k: KNumber, now: datetime) -> LookUp:
        """As `bot.ports.Accounts`; counts within this one day."""
        counts = k not in self.own and k not in self.seen
        if counts and not self.look_ups_left:
            return LookUp(None, allowed=False, counts=False, left=0)
        if counts:
            self.seen.add(k)
            self.look_ups_left -= 1
        # Counted here already, so that nothing of it is left to the engine to count.
        return LookUp(self.accounts.get(k), allowed=True, counts=counts, left=A_DAY)

    async def may_name_email(self, person_id: int, now: datetime) -> bool:
        """Three a day."""
        self.emails_named += 1
        return self.emails_named <= 3

    async def registered(self, phone: Phone) -> tuple[KNumber, ...]:
        """The connections of the shared number."""
        return self.shared

    async def masked(self, numbers: tuple[KNumber, ...]) -> tuple[Account, ...]:
        """The accounts of these K-numbers, each once, unknown ones left out."""
        found: dict[KNumber, Account] = {}
        for k in numbers:
            if k in self.accounts:
                found.setdefault(self.accounts[k].consumer.k_number, self.accounts[k])
        return tuple(found.values())

    async def history(self, k: KNumber, months: int) -> tuple[Bill, ...]:
        """The newest bill and those before it."""
        newest = self.accounts[k].bill
        every = [*([newest] if newest else []), *self.past.get(k, [])]
        every.sort(key=lambda it: (it.month.year, it.month.month), reverse=True)
        return tuple(every[:months])
