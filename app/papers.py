"""Papers as the bot asks for them: made once, kept, and given as an address for a day."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Protocol

from app.tokens import Tokens
from models.consumer import Account
from models.consumption import YEAR, consumption
from models.k_number import KNumber
from models.message import Attachment, Tag
from models.paper import BillPaper, ConsumptionPaper, Paper, Printed, ReceiptPaper, key_of
from models.payment import PaidReceipt
from models.words import Masked
from storage import history, papers, payments
from storage.papers import A_LINK, Kept
from storage.store import Store

MEDIA = "/media/"
KIND = "m"  # of the tokens in our links
LOOK_BACK = YEAR + 2  # months: the year before's, and a bill for two months that ends in it


class Draws(Protocol):
    """Whoever makes a paper's file."""

    async def printed(self, paper: Paper) -> Printed:
        """Draw a paper; `Temporary` where that fails."""


class StoredPapers:
    """The papers of the store; what is not there is printed, each once however many ask."""

    def __init__(
        self,
        store: Store,
        printer: Draws,
        tokens: Tokens,
        public_url: str,
    ) -> None:
        self._store = store
        self._printer = printer
        self._tokens = tokens
        self._public_url = public_url
        self._under_way: dict[str, asyncio.Task[Kept]] = {}

    async def bill(self, account: Account, tag: Tag, now: datetime) -> Attachment | None:
        if account.bill is None:
            return None
        k, bill = account.consumer.k_number, account.bill
        its = await self._store.read(papers.particulars, k, bill.number)
        if its is None:
            return None
        paper = BillPaper(
            tag=tag,
            bill=bill,
            name=its.name,
            address=its.address,
            office=its.office,
            helpline=its.helpline,
            category=its.category,
            load_watts=its.load_watts,
            phase=its.phase,
            meter_number=its.meter_number,
            cheque_due_on=its.cheque_due_on,
        )
        return await self._attached(paper, now)

    async def receipt(self, k: KNumber, tag: Tag, now: datetime) -> Attachment | None:
        last = await self._store.read(payments.last_receipt, k)
        paper = None if last is None else await self._receipt(last, tag)
        return None if paper is None else await self._attached(paper, now)

    async def receipt_file(self, number: str, tag: Tag, now: datetime) -> Printed | None:
        """A receipt by its number, for what we send as a file ourselves."""
        paid = await self._store.read(payments.receipt, number)
        paper = None if paid is None else await self._receipt(paid, tag)
        if paper is None:
            return None
        kept = await self._kept(paper, now)
        return await self._store.read(papers.open_, kept.id)

    async def _receipt(self, paid: PaidReceipt, tag: Tag) -> ReceiptPaper | None:
        its = await self._store.read(papers.particulars, paid.k_number, "")
        if its is None:
            return None
        masked = Masked(its.name.en, its.name.hi)
        return ReceiptPaper(tag, paid, masked, its.office, its.helpline)

    async def consumption(self, k: KNumber, tag: Tag, now: datetime) -> Attachment | None:
        year = consumption(await self._store.read(history.bills, k, LOOK_BACK))
        if year is None:
            return None
        return await self._attached(ConsumptionPaper(tag, k, year), now)

    async def opened(self, token: str, now: datetime) -> Printed | None:
        """The paper that a token of ours names; None for any other, and once its day is over."""
        number = self._tokens.read(KIND, token, now)
        return None if number is None else await self._store.read(papers.open_, number)

    async def _attached(self, paper: Paper, now: datetime) -> Attachment:
        kept = await self._kept(paper, now)
        token = self._tokens.make(KIND, kept.id, now + A_LINK)
        return Attachment(f"{self._public_url}{MEDIA}{token}", kept.name, kept.mime)

    async def _kept(self, paper: Paper, now: datetime) -> Kept:
        key = key_of(paper)
        return await self._store.read(papers.find, key, now) or await self._made_once(
            key, paper, now
        )

    async def _made_once(self, key: str, paper: Paper, now: datetime) -> Kept:
        """Whoever asks while a paper is being made waits for that one."""
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._make(key, paper, now))
            task.add_done_callback(lambda _: self._under_way.pop(key))
        return await asyncio.shield(task)  # one who goes away ends it for nobody

    async def _make(self, key: str, paper: Paper, now: datetime) -> Kept:
        made = await self._printer.printed(paper)
        return await self._store.write(papers.keep, key, paper.k_number, made, now)
