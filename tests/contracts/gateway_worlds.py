"""Each gateway with its payer, driven alike."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

from aiohttp import ClientSession, encode_basic_auth

from models.money import Money
from payments.gateway import PaymentGateway
from payments.razorpay import Razorpay
from simulators.faults import Fault
from simulators.razorpay import Razorpay as LoopbackRazorpay
from simulators.razorpay_account import DEMO_KEY, DEMO_KEY_SECRET, DEMO_WEBHOOK_SECRET
from simulators.running import running
from tests.contracts.channel_worlds import Webhooks
from tests.fakes.gateway import FakeGateway

Webhook = tuple[Mapping[str, str], bytes]


class GatewayWorld(Protocol):
    """A gateway, its payer, and its bad days."""

    @property
    def gateway(self) -> PaymentGateway:
        """Our end."""

    def pay(self, link_id: str) -> str:
        """Pay a link; the payment's id."""

    def pay_twice(self, link_id: str) -> tuple[str, str]:
        """Pay in two windows at once."""

    def pay_late(self, link_id: str) -> str:
        """The link expires while somebody pays, and the money arrives all the same."""

    def fail(self, link_id: str) -> str:
        """Be declined."""

    def expire(self, link_id: str) -> None:
        """The link's time is over."""

    async def refund(self, payment_id: str, amount: Money) -> None:
        """Send some of it back."""

    def fall_silent(self) -> None:
        """The next call is not answered, and nothing is done."""

    def lose_the_answer(self) -> None:
        """The next call is done, and its answer is lost."""

    async def webhooks(self) -> list[Webhook]:
        """Every event delivered so far, as it came over the wire."""

    def way_back(self, link_id: str, payment_id: str) -> dict[str, str]:
        """What the payer's browser brings back, by name."""


class FakeWorld:
    """The gateway in memory."""

    def __init__(self) -> None:
        self.gateway = FakeGateway(lambda: datetime.now(UTC))

    def pay(self, link_id: str) -> str:
        return self.gateway.pay(link_id)

    def pay_twice(self, link_id: str) -> tuple[str, str]:
        first, second = self.gateway.begin(link_id), self.gateway.begin(link_id)
        self.gateway.capture(first)
        self.gateway.capture(second)
        return first, second

    def pay_late(self, link_id: str) -> str:
        payment_id = self.gateway.begin(link_id)
        self.gateway.expire(link_id)
        self.gateway.capture(payment_id)
        return payment_id

    def fail(self, link_id: str) -> str:
        payment_id = self.gateway.begin(link_id)
        self.gateway.fail(payment_id)
        return payment_id

    def expire(self, link_id: str) -> None:
        self.gateway.expire(link_id)

    async def refund(self, payment_id: str, amount: Money) -> None:
        self.gateway.refund(payment_id, amount)

    def fall_silent(self) -> None:
        self.gateway.down = 1

    def lose_the_answer(self) -> None:
        self.gateway.mute = 1

    async def webhooks(self) -> list[Webhook]:
        return [self.gateway.webhook(event) for event in self.gateway.rung]

    def way_back(self, link_id: str, payment_id: str) -> dict[str, str]:
        return {"link_id": link_id, "signature": self.gateway.sign(link_id.encode())}


class RazorpayWorld:
    """Razorpay through its SDK, against the loopback Razorpay."""

    def __init__(self, gateway: Razorpay, account: LoopbackRazorpay, heard: Webhooks) -> None:
        self.gateway = gateway
        self._account = account
        self._heard = heard

    def pay(self, link_id: str) -> str:
        return self._account.pay(link_id)

    def pay_twice(self, link_id: str) -> tuple[str, str]:
        return self._account.pay_twice(link_id)

    def pay_late(self, link_id: str) -> str:
        return self._account.pay_late(link_id)

    def fail(self, link_id: str) -> str:
        return self._account.fail(link_id)

    def expire(self, link_id: str) -> None:
        self._account.expire(link_id)

    async def refund(self, payment_id: str, amount: Money) -> None:
        url = f"{self._account.base}/v1/payments/{payment_id}/refund"
        who = {"Authorization": encode_basic_auth(DEMO_KEY, DEMO_KEY_SECRET)}
        async with (
            ClientSession(headers=who) as client,
            client.post(url, json={"amount": amount.paise}) as answer,
        ):
            assert answer.status == 200

    def fall_silent(self) -> None:
        self._account.faults.next.append(Fault.BAD_GATEWAY)
        self._account.faults.next.append(Fault.BAD_GATEWAY)  # the search for the reference too

    def lose_the_answer(self) -> None:
        self._account.faults.next.append(Fault.LOST_ANSWER)

    async def webhooks(self) -> list[Webhook]:
        await self._account.settled()
        return [(request.headers, request.body) for request in self._heard.requests]

    def way_back(self, link_id: str, payment_id: str) -> dict[str, str]:
        link = self._account.link(link_id)
        assert link is not None
        return dict(parse_qsl(urlsplit(self._account.callback(link, payment_id)).query))


@asynccontextmanager
async def fake() -> AsyncIterator[GatewayWorld]:
    """The gateway in memory."""
    yield FakeWorld()


@asynccontextmanager
async def razorpay() -> AsyncIterator[GatewayWorld]:
    """Razorpay."""
    async with AsyncExitStack() as stack:
        heard = await stack.enter_async_context(Webhooks().open())
        account = LoopbackRazorpay(webhook_url=f"{heard.origin}/webhooks/razorpay")
        origin = await stack.enter_async_context(running(account))
        gateway = Razorpay(
            DEMO_KEY, DEMO_KEY_SECRET, ("the newer one", DEMO_WEBHOOK_SECRET), origin
        )
        stack.callback(gateway.close)
        yield RazorpayWorld(gateway, account, heard)


WORLDS: dict[str, Callable[[], AbstractAsyncContextManager[GatewayWorld]]] = {
    "fake": fake,
    "razorpay": razorpay,
}
