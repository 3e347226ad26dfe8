"""The one place where money comes in: links to pay, and what became of them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from models.consumer import Account
from models.errors import Misconfigured, Permanent, Temporary, Trouble
from models.gateway import GatewayLink, GatewayPayment, GatewayState
from models.k_number import KNumber
from models.message import Tag
from models.money import Money
from models.payment import (
    SHORTEST_LIFE,
    Asked,
    PaidReceipt,
    PaymentLink,
    PaymentNews,
    PaymentState,
)
from models.reference import ALPHABET
from models.settlement import Arrived, Asker, LinkView, News, Ring, Wanted
from payments.gateway import LinkRequest, PaymentGateway
from payments.receipts import Herald, letter
from payments.records import PaymentRecords

log = structlog.get_logger()

CODE_LENGTH = 8
ROUNDS = 5  # times somebody else may be faster before we ask to try again
BATCH = 100  # links or rings in one go
AT_ONCE = 8  # questions to the gateway at the same time

_OVER = {PaymentState.EXPIRED, PaymentState.CANCELLED}


class NothingOwed(Permanent):
    """Nothing is owed for this connection."""


def new_code() -> str:
    """Eight letters and digits that nobody can guess and everybody can read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


class PaymentDesk:
    """Asks for money, and learns from the gateway what became of it."""

    def __init__(
        self,
        gateway: PaymentGateway,
        records: PaymentRecords,
        herald: Herald,
        *,
        public_url: str,
        wake: Callable[[], None],
        code: Callable[[], str] = new_code,
    ) -> None:
        self._gateway = gateway
        self._records = records
        self._herald = herald
        self._public_url = public_url.rstrip("/")
        self._wake = wake  # has the sender look into the outbox
        self._code = code
        self._bell = asyncio.Event()
        self._seats = asyncio.Semaphore(AT_ONCE)

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
        """One link for what is payable now for these connections; the same while nothing changed.

        For a single one it may be a part: `amount`, and a sum above what is payable becomes what is
        payable. Raises `Temporary` when the gateway does not answer, `NothingOwed` where nothing is
        payable for any of them.
        """
        if amount is not None and len(accounts) != 1:
            raise ValueError(amount)
        wanted = tuple(Wanted(it.consumer.k_number, amount) for it in accounts)
        link, instead = await self._link(wanted, Asker(conversation_id, tag), tag, now)
        log.info("link_asked", link=link.id, message=key)
        url = self.url(link.code)
        return Asked(url, link.amount, link.expires_at, link.parts, instead)

    async def renew(self, code: str, now: datetime) -> PaymentLink:
        """A new link in place of one that is over: for the same part, or for all that is owed.

        Raises `LookupError` for an unknown code, else as `ask` does.
        """
        old = await self._records.by_code(code)
        if old is None:
            raise LookupError(code)
        again = old.is_part and (old.live or old.state in _OVER)
        wanted = tuple(Wanted(part.k_number, part.amount if again else None) for part in old.parts)
        link, _ = await self._link(wanted, None, old.tag, now, replaces=(old.id,))
        return link

    async def news(self, k: KNumber, *, fresh: bool, now: datetime) -> PaymentNews | None:
        """What became of the newest link of a connection; `fresh` asks the gateway first."""
        view = await self._records.newest(k, now)
        if fresh and view is not None and view.link.gateway_id:
            try:
                await self._look(view.link.gateway_id, now)
            except Trouble as error:
                log.warning("gateway_silent", link=view.link.id, error=str(error))
            view = await self._records.newest(k, now)
        return None if view is None else self._told(view, k, now)

    async def last_receipt(self, k: KNumber) -> PaidReceipt | None:
        """The newest money that arrived for a connection, here or at a counter."""
        return await self._records.last_receipt(k)

    async def history(self, k: KNumber, most: int) -> tuple[PaidReceipt, ...]:
        """So much of the money that arrived for a connection, newest first."""
        return await self._records.history(k, most)

    async def view(self, code: str, now: datetime) -> LinkView | None:
        """A link as its page shows it; looking changes nothing."""
        return await self._records.view(code, now)

    async def returned(self, query: Mapping[str, str], now: datetime) -> LinkView | None:
        """The link a payer's browser came back from, brought up to date where the gateway answers.

        None where the signature is not the gateway's, or the link not ours.
        """
        gateway_id = self._gateway.returned(query)
        if gateway_id is None:
            return None
        try:
            link = await self._look(gateway_id, now)
        except Trouble as error:
            log.warning("gateway_silent", error=str(error))
            link = await self._records.by_gateway(gateway_id)
        return None if link is None else await self._records.view(link.code, now)

    def url(self, code: str) -> str:
        """Our own short address of a link."""
        return f"{self._public_url}/p/{code}"

    async def receive(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Store a ring of the gateway's bell; raises `Forged` and `Malformed`, leaving nothing."""
        event = self._gateway.receive(headers, body)
        if event is None:
            return
        if await self._records.ring(event, now):
            log.info("gateway_rang", event_id=event.id, kind=event.kind)
            self._bell.set()

    async def listen(self, clock: Callable[[], datetime]) -> None:
        """Answer the bell as soon as it rings, until cancelled. What fails, `reconcile` repeats."""
        while True:
            await self._bell.wait()
            self._bell.clear()
            try:
                await self.answer_rings(clock())
            except Exception:
                log.exception("rings_unanswered")

    async def answer_rings(self, now: datetime) -> int:
        """Ask the gateway about every stored ring that is due; how many are done with."""
        rings = await self._records.rings(now, BATCH)
        done = await self._all([self._answer(ring, now) for ring in rings])
        answered = [ring.event_id for ring, is_done in zip(rings, done, strict=True) if is_done]
        if answered:
            await self._records.answered(answered, now)
        return len(answered)

    async def check_silent(self, now: datetime) -> int:
        """Ask the gateway about links nobody rang for; how many answers came."""
        links = await self._records.silent(now, BATCH)
        return sum(await self._all([self._check(link, now) for link in links]))

    async def _link(
        self,
        wanted: Sequence[Wanted],
        asker: Asker | None,
        tag: Tag,
        now: datetime,
        replaces: tuple[int, ...] = (),
    ) -> tuple[PaymentLink, bool]:
        """The one live link for what is wanted: first a place for it, then the gateway's making.

        Beside it, whether another was cancelled for it. A crash in between leaves a place that
        whoever comes next finishes: the gateway knows the reference, and makes nothing twice.
        """
        paid: PaymentLink | None = None
        instead = False
        for _ in range(ROUNDS):
            held = await self._records.reserve(
                wanted, asker, tag=tag, replaces=replaces, new_code=self._code, now=now
            )
            if held.link is not None:
                link = await self._finish(held.link, now)
                if link.live:
                    return link, instead
            elif not held.in_the_way:
                if paid is None:
                    raise NothingOwed
                return paid, False
            for old in held.in_the_way:
                ended = await self._end(old, now)
                replaces = (*replaces, old.id)
                instead = instead or ended.state is PaymentState.CANCELLED
                paid = paid if ended.live or ended.state in _OVER else ended
        raise Temporary("Somebody else is asking to pay the same bill at this moment.")

    async def _finish(self, link: PaymentLink, now: datetime) -> PaymentLink:
        """Have the gateway make a link whose place is held; one it has made stays as it is."""
        if link.gateway_id:
            return link
        k_numbers = " ".join(part.k_number for part in link.parts)
        request = LinkRequest(
            reference=link.reference,
            amount=link.amount,
            description=f"Electricity bill, K {k_numbers}",
            expires_at=max(link.expires_at, now + SHORTEST_LIFE),
            return_url=f"{self._public_url}/pay/return",
            notes={"k_number": k_numbers},
        )
        try:
            truth = await self._gateway.create_link(request)
        except Misconfigured:
            raise
        except Permanent as error:
            await self._records.give_up(link.id, str(error), now)
            raise
        made = await self._records.made(link.id, truth, now)
        if truth.state is GatewayState.CREATED:
            return made
        # It was made before a crash of ours, and life went on.
        return await self._settle(truth, now) or made

    async def _end(self, link: PaymentLink, now: datetime) -> PaymentLink:
        """Make a link unpayable. One that was paid meanwhile is settled instead."""
        if not link.gateway_id:
            try:
                link = await self._finish(link, now)
            except Misconfigured:
                raise
            except Permanent:
                return replace(link, state=PaymentState.CANCELLED)
        truth = await self._gateway.cancel(link.gateway_id)
        return await self._settle(truth, now) or link

    async def _look(self, gateway_id: str, now: datetime) -> PaymentLink | None:
        """Ask what is true of a link and settle it; None for a link that is not ours."""
        return await self._settle(await self._gateway.look_up(gateway_id), now)

    async def _settle(self, truth: GatewayLink, now: datetime) -> PaymentLink | None:
        settled = await self._records.settle(truth, self._letter, now)
        if settled.told:
            self._wake()
        return settled.link

    def _letter(self, news: News) -> str:
        return letter(news, self._herald)

    async def _answer(self, ring: Ring, now: datetime) -> bool:
        """Ask about one ring; False where the gateway must be asked again."""
        try:
            await self._learn(ring, now)
        except Misconfigured:
            raise
        except Permanent as error:
            log.warning("ring_unknown", event_id=ring.event_id, error=str(error))
        return True

    async def _learn(self, ring: Ring, now: datetime) -> None:
        """A ring is only a bell: what is true we ask the gateway."""
        if not ring.payment_id:
            await self._look(ring.link_id, now)
            return
        payment, link_id = await self._gateway.payment(ring.payment_id)
        link_id = link_id or ring.link_id
        if not link_id:
            await self._records.keep(payment, now)
            return
        truth = await self._gateway.look_up(link_id)
        await self._settle(_with(truth, payment), now)

    async def _check(self, link: PaymentLink, now: datetime) -> bool:
        """Ask about one silent link; end it where it is over, or asks for what is not owed."""
        try:
            link = await self._finish(link, now)
            over = now >= link.expires_at
            if link.live and (over or not await self._records.is_current(link, now)):
                await self._end(link, now)
            else:
                await self._look(link.gateway_id, now)
        except Misconfigured:
            raise
        except Permanent as error:
            log.warning("link_unknown", link=link.id, error=str(error))
            await self._records.rest(link, now)
        return True

    async def _all(self, jobs: Sequence[Coroutine[None, None, bool]]) -> list[bool]:
        """Do these a few at a time; one that fails is logged and counts as not done."""

        async def one(job: Coroutine[None, None, bool]) -> bool:
            async with self._seats:
                try:
                    return await job
                except Trouble as error:
                    log.warning("gateway_silent", error=str(error))
                except Exception:
                    log.exception("settlement_failed")
                return False

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(job)) for job in jobs]
        return [task.result() for task in tasks]

    def _told(self, view: LinkView, k: KNumber, now: datetime) -> PaymentNews:
        link = view.link
        own = [it for it in view.arrived if it.k_number == k]
        receipts = [it for it in own if it.receipt]
        asked = next((part.amount for part in link.parts if part.k_number == k), link.amount)
        return PaymentNews(
            state=_state_of(link, receipts, now),
            amount=receipts[0].amount if receipts else asked,
            at=view.paid_at or link.asked_at,
            receipt=receipts[0].receipt if receipts else "",
            url=self.url(link.code) if view.payable else "",
            duplicate=any(not it.receipt for it in own),
        )


def _state_of(link: PaymentLink, receipts: Sequence[Arrived], now: datetime) -> PaymentState:
    """What became of a link as one of its connections sees it."""
    if link.live and now >= link.expires_at:
        return PaymentState.EXPIRED
    if link.state is PaymentState.PART_PAID and receipts and not receipts[-1].left:
        return PaymentState.PAID  # what is left is another connection's
    return link.state


def _with(truth: GatewayLink, payment: GatewayPayment) -> GatewayLink:
    """A link with one payment as it was told by itself, which says more: what has gone back."""
    others = tuple(it for it in truth.payments if it.id != payment.id)
    return replace(truth, payments=(*others, payment))
