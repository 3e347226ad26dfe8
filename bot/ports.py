"""What the answering half needs of the world, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.consumer import Account, LookUp
from models.k_number import KNumber
from models.message import Tag
from models.money import Money
from models.payment import Asked, PaidReceipt, PaymentNews


class Accounts(Protocol):
    """The billing records, as one hop a look."""

    async def look_up(self, person_id: int, k: KNumber, now: datetime) -> LookUp:
        """The account behind a K-number; an old number answers for the new one.

        Where the day's look-ups are used up and the number is not the person's own, `allowed` is
        False and `account` None.
        """

    async def masked(self, numbers: tuple[KNumber, ...]) -> tuple[Account, ...]:
        """The accounts of the person's own K-numbers, in the order asked, unknown ones left out."""


class Payments(Protocol):
    """The payment desk."""

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
        """A link for what is payable now, or for a part of it.

        Asking again gives the same link while amount and bill are unchanged. Raises `Temporary`
        when the gateway does not answer.
        """

    async def news(self, k: KNumber, *, fresh: bool, now: datetime) -> PaymentNews | None:
        """What became of the newest link of this connection; `fresh` asks the gateway first."""

    async def last_receipt(self, k: KNumber) -> PaidReceipt | None:
        """The newest money that arrived for this connection, here or at a counter."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may ask of the world."""

    accounts: Accounts
    payments: Payments
    partial_payments: bool  # settings: may a part be paid
    least_part: Money
    helpline: str
    public_url: str
