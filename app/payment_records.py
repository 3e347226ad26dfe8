"""The payment desk's records, kept in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from models.gateway import GatewayLink, GatewayPayment
from models.k_number import KNumber
from models.payment import PaidReceipt, PaymentLink
from models.settlement import Asker, LinkView, News, Reservation, Ring, Settled, Wanted
from payments.gateway import GatewayEvent
from storage import history, links, payments, rings, settlements
from storage.store import Store


class StoredPayments:
    """The records as the desk knows them.

    `owner` is the process that sends the messages; `mails` says whether receipts go by e-mail too.
    """

    def __init__(self, store: Store, owner: str | None, *, mails: bool) -> None:
        self._store = store
        self._owner = owner
        self._mails = mails

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
        return await self._store.write(
            links.reserve, wanted, asker, tag=tag, replaces=replaces, new_code=new_code, now=now
        )

    async def made(self, link_id: int, gateway: GatewayLink, now: datetime) -> PaymentLink:
        return await self._store.write(links.made, link_id, gateway, now)

    async def give_up(self, link_id: int, reason: str, now: datetime) -> None:
        await self._store.write(links.give_up, link_id, reason, now)

    async def by_code(self, code: str) -> PaymentLink | None:
        return await self._store.read(links.by_code, code)

    async def by_gateway(self, gateway_id: str) -> PaymentLink | None:
        return await self._store.read(links.by_gateway, gateway_id, "")

    async def view(self, code: str, now: datetime) -> LinkView | None:
        return await self._store.read(payments.view, code, now)

    async def newest(self, k: KNumber, now: datetime) -> LinkView | None:
        return await self._store.read(payments.newest, k, now)

    async def last_receipt(self, k: KNumber) -> PaidReceipt | None:
        return await self._store.read(payments.last_receipt, k)

    async def history(self, k: KNumber, most: int) -> tuple[PaidReceipt, ...]:
        return await self._store.read(history.receipts, k, most)

    async def settle(
        self, truth: GatewayLink, tell: Callable[[News], str], now: datetime
    ) -> Settled:
        return await self._store.write(
            settlements.settle, truth, tell, self._owner, now, mails=self._mails
        )

    async def keep(self, payment: GatewayPayment, now: datetime) -> None:
        await self._store.write(settlements.keep, payment, now)

    async def ring(self, event: GatewayEvent, now: datetime) -> bool:
        return await self._store.write(
            rings.ring,
            event.id,
            kind=event.kind,
            link_id=event.link_id,
            payment_id=event.payment_id,
            now=now,
        )

    async def rings(self, now: datetime, limit: int) -> Sequence[Ring]:
        return await self._store.write(rings.rings, now, limit)

    async def answered(self, event_ids: Sequence[str], now: datetime) -> None:
        await self._store.write(rings.answered, event_ids, now)

    async def silent(self, now: datetime, limit: int) -> Sequence[PaymentLink]:
        return await self._store.write(links.silent, now, limit)

    async def rest(self, link: PaymentLink, now: datetime) -> None:
        await self._store.write(links.rest, link, now)

    async def is_current(self, link: PaymentLink, now: datetime) -> bool:
        return await self._store.read(links.is_current, link, now)
