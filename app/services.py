"""What the bot asks of the world, answered from the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app.letters import SpokenMailer
from models.consumer import Account, LookUp
from models.errors import Misconfigured, Temporary
from models.gateway import GatewayLink, GatewayPayment
from models.k_number import KNumber
from models.message import ChannelName, Reply, Tag
from models.money import Money
from models.words import Say
from payments.gateway import Forged, GatewayEvent, LinkRequest
from storage import accounts, outbox
from storage.store import Store
from voice.voice import Voice


class StoredAccounts:
    """The billing records, one hop a look."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def look_up(self, person_id: int, k: KNumber, now: datetime) -> LookUp:
        return await self._store.read(accounts.look_up, person_id, k, now)

    async def masked(self, numbers: tuple[KNumber, ...]) -> tuple[Account, ...]:
        return await self._store.read(accounts.masked, numbers, self._clock())


class SpokenHerald:
    """Puts a payment's sentences into a message for the outbox."""

    def __init__(self, voice: Voice, mailer: SpokenMailer) -> None:
        self._voice = voice
        self._mailer = mailer

    def write(self, says: tuple[Say, ...], tag: Tag, channel: ChannelName) -> str:
        said = [self._voice.reply(Reply((it,)), tag, channel).text for it in says]
        between = " " if channel is ChannelName.SMS else "\n"
        return outbox.body(between.join(said), (), tag)

    def mail(self, says: tuple[Say, ...], amount: Money, tag: Tag, email_id: int) -> str:
        return self._mailer.receipt(says, amount, tag, email_id)


class ClosedGateway:
    """Payments are off: no gateway is configured, and the bot says where else to pay."""

    async def create_link(self, request: LinkRequest) -> GatewayLink:
        raise Temporary("No payment gateway is configured.")

    async def look_up(self, link_id: str) -> GatewayLink:
        raise Misconfigured("No payment gateway is configured.")

    async def payment(self, payment_id: str) -> tuple[GatewayPayment, str]:
        raise Misconfigured("No payment gateway is configured.")

    async def cancel(self, link_id: str) -> GatewayLink:
        raise Misconfigured("No payment gateway is configured.")

    def receive(self, headers: Mapping[str, str], body: bytes) -> GatewayEvent | None:
        raise Forged

    def returned(self, query: Mapping[str, str]) -> str | None:
        return None
