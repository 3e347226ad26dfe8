"""What the payment desk needs of its records. Each call is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from models.gateway import GatewayLink, GatewayPayment
from models.k_number import KNumber
from models.payment import PaidReceipt, PaymentLink
from models.settlement import Asker, LinkView, News, Reservation, Ring, Settled, Wanted
from payments.gateway import GatewayEvent


class PaymentRecords(Protocol):
    """Links, payments, the ledger and the receipts, as they are written down."""

    async def reserve(
        self,
        wanted: Sequence[Wanted],
        asker: Asker | None,
        *,
        tag: str,
        replaces: Sequence[int],
        new_code: Callable[[], str],
        now: datetime,
    ) -> Reservation:
        """Hold the one live link of these bills, or name the links that must be ended first.

        The sums are taken from the bills as they stand in this transaction.
        """

    async def made(self, link_id: int, gateway: GatewayLink, now: datetime) -> PaymentLink:
        """Write down what the gateway made; the link as it now stands."""

    async def give_up(self, link_id: int, reason: str, now: datetime) -> None:
        """The gateway refuses to make this link: it is over."""

    async def by_code(self, code: str) -> PaymentLink | None:
        """The link behind our short address."""

    async def by_gateway(self, gateway_id: str) -> PaymentLink | None:
        """Our link that the gateway knows by this id."""

    async def view(self, code: str, now: datetime) -> LinkView | None:
        """The link behind our short address, as its page shows it."""

    async def newest(self, k: KNumber, now: datetime) -> LinkView | None:
        """The newest link of a connection."""

    async def last_receipt(self, k: KNumber) -> PaidReceipt | None:
        """The newest money that arrived for a connection, here or at a counter."""

    async def history(self, k: KNumber, most: int) -> tuple[PaidReceipt, ...]:
        """So much of the money that arrived for a connection, newest first."""

    async def settle(
        self, truth: GatewayLink, tell: Callable[[News], str], now: datetime
    ) -> Settled:
        """Bring our rows in line with what is true; harmless when repeated.

        `tell` writes the message that one person gets; the messages are part of the transaction.
        """

    async def keep(self, payment: GatewayPayment, now: datetime) -> None:
        """Money that belongs to no link: kept in suspense, for staff."""

    async def ring(self, event: GatewayEvent, now: datetime) -> bool:
        """Store a ring of the bell; False for one that was stored before."""

    async def rings(self, now: datetime, limit: int) -> Sequence[Ring]:
        """Rings to answer now; each is put off, so that nobody else takes it in the same moment."""

    async def answered(self, event_ids: Sequence[str], now: datetime) -> None:
        """These rings need no further answer."""

    async def silent(self, now: datetime, limit: int) -> Sequence[PaymentLink]:
        """Links about which the gateway is to be asked; each is put off, as rings are."""

    async def rest(self, link: PaymentLink, now: datetime) -> None:
        """The gateway knows nothing of this link: ask again when it is due, not at once."""

    async def is_current(self, link: PaymentLink, now: datetime) -> bool:
        """Whether a live link still asks for what is owed."""
