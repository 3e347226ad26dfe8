"""What the bot asks of the world, answered from the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app.letters import SpokenMailer
from models.bill import Bill
from models.case import Case, CaseKind
from models.consumer import Account, LookUp
from models.errors import Misconfigured, Temporary
from models.gateway import GatewayLink, GatewayPayment
from models.k_number import KNumber
from models.message import ChannelName, Phone, Reply, Tag
from models.money import Money
from models.office import Office
from models.proof import Outlook, PendingCode
from models.words import Say
from payments.gateway import Forged, GatewayEvent, LinkRequest
from storage import accounts, cases, codes, emails, history, offices, outbox, people
from storage.seals import Seals
from storage.store import Store
from voice.voice import Voice


class StoredAccounts:
    """The billing records, one hop a look."""

    def __init__(self, store: Store, seals: Seals, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._seals = seals
        self._clock = clock

    async def look_up(self, person_id: int, k: KNumber, now: datetime) -> LookUp:
        return await self._store.read(accounts.look_up, person_id, k, now)

    async def masked(self, numbers: tuple[KNumber, ...]) -> tuple[Account, ...]:
        return await self._store.read(accounts.masked, numbers, self._clock())

    async def history(self, k: KNumber, months: int) -> tuple[Bill, ...]:
        return await self._store.read(history.bills, k, months)

    async def may_name_email(self, person_id: int, now: datetime) -> bool:
        return await self._store.read(emails.may_name, person_id, now)

    async def registered(self, phone: Phone) -> tuple[KNumber, ...]:
        return await self._store.read(people.registered, self._seals, phone)


class StoredCodes:
    """One-time codes, one hop a look."""

    def __init__(self, store: Store, seals: Seals) -> None:
        self._store = store
        self._seals = seals

    async def outlook(self, person_id: int, k: KNumber | None, now: datetime) -> Outlook:
        return await self._store.read(codes.outlook, self._seals, person_id, k, now)

    async def pending(self, conversation_id: int, now: datetime) -> PendingCode | None:
        return await self._store.read(codes.pending, conversation_id)

    async def entered(
        self, conversation_id: int, purpose: str, k: KNumber | None, now: datetime
    ) -> bool:
        return await self._store.read(codes.entered, conversation_id, purpose, k, now)


class StoredCases:
    """What people brought up, one hop a look."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def new_reference(self) -> str:
        return await self._store.write(cases.new_reference)

    async def unfinished(self, k: KNumber, kind: CaseKind, person_id: int) -> Case | None:
        return await self._store.read(cases.unfinished, k, kind, person_id)

    async def by_reference(self, ref: str, person_id: int) -> Case | None:
        return await self._store.read(cases.by_reference, ref, person_id)

    async def newest(self, person_id: int) -> Case | None:
        return await self._store.read(cases.newest, person_id)

    async def last_finished(self, person_id: int) -> Case | None:
        return await self._store.read(cases.last_finished, person_id)


class StoredOffices:
    """The company's offices, one hop a look."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, code: str) -> Office | None:
        return await self._store.read(offices.of, code)

    async def near(self, words: str) -> tuple[Office, ...]:
        return await self._store.read(offices.near, words)


class SpokenHerald:
    """Puts a payment's sentences into a message for the outbox."""

    def __init__(self, voice: Voice, mailer: SpokenMailer) -> None:
        self._voice = voice
        self._mailer = mailer

    def write(self, says: tuple[Say, ...], tag: Tag, channel: ChannelName) -> str:
        said = [self._voice.reply(Reply((it,)), tag, channel).text for it in says]
        template = says[0].name if len(says) == 1 else ""
        return outbox.body("\n".join(said), (), tag, template=template)

    def mail(
        self,
        says: tuple[Say, ...],
        amount: Money,
        tag: Tag,
        email_id: int,
        receipts: tuple[str, ...],
    ) -> str:
        return self._mailer.receipt(says, amount, tag, email_id, receipts)


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
