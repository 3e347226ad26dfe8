"""Papers are printed once, kept under what they show, and given by their tokens for a day."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import psutil
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Executable, delete, func, insert, select, update

from app.media_routes import add_media_routes
from app.papers import StoredPapers
from app.printer import Printer
from app.tokens import Tokens
from models.bill import IST
from models.consumer import Account
from models.errors import Temporary
from models.k_number import KNumber
from models.message import ENGLISH, HINDI, Attachment, Tag
from models.money import Money
from models.paper import Paper, Printed
from models.words import Name
from storage import accounts, tables
from storage.history import bills, receipts
from storage.papers import A_LINK, KEPT
from storage.retention import forget
from storage.store import Store
from tests.pdf_text import written
from voice.papers import printed
from voice.voice import Company, Voice

K, UNKNOWN = KNumber("901010000123"), KNumber("901010000999")
NOW = datetime(2026, 11, 24, 11, 30, tzinfo=IST)
COMPANY = Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912")
VOICE = Voice(COMPANY)
SITE = "https://bijli.avvnl.example"
Client = TestClient[web.Request, web.Application]


@dataclass(slots=True)
class HandPress:
    """Draws at once, and counts."""

    drawn: list[Paper] = field(default_factory=list)
    broken: bool = False

    async def printed(self, paper: Paper) -> Printed:
        await asyncio.sleep(0)  # others come meanwhile
        if self.broken:
            raise Temporary
        self.drawn.append(paper)
        return printed(paper, VOICE)


@dataclass(slots=True)
class Town:
    """A store with one connection, its bills and its money."""

    store: Store
    press: HandPress
    papers: StoredPapers
    now: datetime = NOW

    async def bill(self, month: int, units: int, **values: object) -> None:
        day = date(month // 100, month % 100, 9)
        row = {
            "bill_number": f"B{month}",
            "k_number": int(K),
            "bill_month": month,
            "bill_date": day,
            "due_date": day + timedelta(days=15),
            "previous_reading": 0,
            "current_reading": units,
            "units": units,
            "amount": units * 800,
            "amount_after_due": units * 816,
        }
        await self._write(insert(tables.bill).values(**(row | values)))

    async def paid(self, receipt: str, day: date, amount: int, **values: object) -> None:
        row = {"k_number": int(K), "receipt_number": receipt, "mode": "upi"}
        row |= {"paid_on": day, "amount": amount}
        await self._write(insert(tables.collection).values(**(row | values)))

    async def account(self) -> Account:
        [found] = await self.store.read(accounts.masked, [K], self.now)
        return found

    async def copy(self, tag: Tag = ENGLISH) -> Attachment:
        paper = await self.papers.bill(await self.account(), tag, self.now)
        assert paper is not None
        return paper

    async def body(self, paper: Attachment) -> Printed | None:
        return await self.papers.opened(paper.url.rpartition("/")[2], self.now)

    async def count(self) -> int:
        rows = await self.store.read(
            lambda db: db.execute(select(func.count()).select_from(tables.paper)).scalar_one()
        )
        return int(rows)

    async def _write(self, statement: Executable) -> None:
        await self.store.write(lambda db: db.execute(statement))


@pytest_asyncio.fixture
async def town(store: Store) -> Town:
    press = HandPress()
    made = Town(store, press, StoredPapers(store, press, Tokens([b"m" * 32]), SITE))
    consumer = {
        "k_number": int(K),
        "name": "Ramesh Kumar",
        "name_hi": "रमेश कुमार",
        "address": "House 123 Vaishali Nagar Ajmer",
        "pincode": "305001",
        "category": "LT-1",
        "load_watts": 2500,
        "office_code": "AJC-101",
        "meter_number": "AJCK0000123",
        "status": "active",
    }
    await store.write(lambda db: db.execute(insert(tables.consumer).values(**consumer)))
    await made.bill(202611, 150, cheque_due_date=date(2026, 11, 21))
    return made


@pytest_asyncio.fixture
async def client(town: Town) -> AsyncIterator[Client]:
    app = web.Application()
    add_media_routes(app, town.papers, lambda: town.now)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_bill_copy_names_the_consumer_in_full_and_is_printed_once(town: Town) -> None:
    first, again = await town.copy(), await town.copy()

    made = await town.body(first)
    assert made is not None
    shown = written(made.body)
    assert "Ramesh Kumar" in shown
    assert "305001" in shown
    assert "21 Nov 2026" in shown
    assert first.name == again.name == f"bill-{K}-2026-11.pdf"
    assert len(town.press.drawn) == await town.count() == 1


async def test_fifty_who_ask_at_once_wait_for_one_print(town: Town) -> None:
    account = await town.account()

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(town.papers.bill(account, ENGLISH, town.now)) for _ in range(50)]

    assert len({it.result() for it in asked}) == 1
    assert len(town.press.drawn) == await town.count() == 1


async def test_one_who_goes_away_leaves_the_print_to_the_others(town: Town) -> None:
    account = await town.account()
    gone = asyncio.create_task(town.papers.bill(account, ENGLISH, town.now))
    waiting = asyncio.create_task(town.papers.bill(account, ENGLISH, town.now))
    await asyncio.sleep(0)

    gone.cancel()

    assert await waiting is not None
    assert len(town.press.drawn) == 1


async def test_a_changed_bill_is_another_paper(town: Town) -> None:
    before = await town.copy()
    await town.paid("PAY-9T3M8A", date(2026, 11, 20), 50_000)

    after = await town.copy()
    hindi = await town.copy(HINDI)

    assert len({before.url, after.url, hindi.url}) == 3
    assert await town.count() == 3


async def test_a_printer_that_fails_is_asked_again_next_time(town: Town) -> None:
    town.press.broken = True
    with pytest.raises(Temporary):
        await town.copy()
    town.press.broken = False

    await town.copy()

    assert await town.count() == 1


async def test_a_receipt_shows_the_last_money_and_no_name(town: Town) -> None:
    await town.paid("PAY-9T3M8A", date(2026, 11, 20), 50_000)

    paper = await town.papers.receipt(K, ENGLISH, town.now)

    assert paper is not None
    made = await town.body(paper)
    assert made is not None
    shown = written(made.body)
    assert "PAY-9T3M8A" in shown
    assert "₹500" in shown
    assert "R***** K****" in shown
    assert "Ramesh" not in shown


async def test_there_is_no_paper_of_nothing(town: Town) -> None:
    await town.store.write(lambda db: db.execute(delete(tables.bill)))

    account = await town.account()

    assert await town.papers.bill(account, ENGLISH, town.now) is None
    assert await town.papers.receipt(K, ENGLISH, town.now) is None
    assert await town.papers.receipt(UNKNOWN, ENGLISH, town.now) is None
    assert await town.papers.consumption(K, ENGLISH, town.now) is None


async def test_the_media_route_gives_the_file_as_often_as_it_is_asked(
    town: Town, client: Client
) -> None:
    path = (await town.copy(HINDI)).url.removeprefix(SITE)

    first, again = await client.get(path), await client.get(path)

    assert first.status == again.status == 200
    assert await first.read() == await again.read()
    assert first.headers["Content-Type"] == "application/pdf"
    name = f"bill-{K}-2026-11.pdf"
    assert first.headers["Content-Disposition"] == (
        f"inline; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    assert first.headers["Cache-Control"].startswith("private")
    assert first.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_name_in_hindi_is_said_as_rfc_5987_has_it(town: Town, client: Client) -> None:
    path = (await town.copy()).url.removeprefix(SITE)
    await town.store.write(lambda db: db.execute(update(tables.paper).values(name='बिल "1".pdf')))

    said = (await client.get(path)).headers["Content-Disposition"]

    assert 'filename="??? 1.pdf"' in said
    assert "filename*=UTF-8''%E0%A4%AC" in said


async def test_the_media_route_knows_nothing_else(town: Town, client: Client) -> None:
    path = (await town.copy()).url.removeprefix(SITE)
    [paper] = await town.store.read(
        lambda db: db.execute(select(tables.paper.c.id)).scalars().all()
    )
    tokens = Tokens([b"m" * 32])
    strange = [
        f"/media/{tokens.make('u', paper, town.now + A_LINK)}",  # of another kind
        f"/media/{Tokens([b'x' * 32]).make('m', paper, town.now + A_LINK)}",  # of another key
        f"/media/{tokens.make('m', paper + 1, town.now + A_LINK)}",  # of no paper
        path[:-1] + ("A" if path[-1] != "A" else "B"),
        "/media/1",
    ]

    assert [(await client.get(it)).status for it in strange] == [404] * 5
    town.now += timedelta(hours=24)
    assert (await client.get(path)).status == 404


async def test_a_paper_is_forgotten_after_thirty_days_but_never_under_a_link_that_holds(
    town: Town, client: Client
) -> None:
    await town.copy()
    town.now += KEPT - timedelta(seconds=1)
    path = (await town.copy()).url.removeprefix(SITE)  # on its last day
    town.now += A_LINK - timedelta(minutes=1)

    await town.store.write(forget, 180, town.now)

    assert (await client.get(path)).status == 200
    town.now += timedelta(minutes=2)
    await town.store.write(forget, 180, town.now)
    assert await town.count() == 0


async def test_a_paper_past_its_days_is_printed_anew(town: Town) -> None:
    await town.copy()
    town.now += KEPT + timedelta(seconds=1)

    await town.copy()
    await town.store.write(forget, 180, town.now + A_LINK)

    assert len(town.press.drawn) == 2
    assert await town.count() == 1


async def test_history_gives_each_bill_the_money_that_came_for_it(town: Town) -> None:
    await town.bill(202610, 100)
    await town.bill(202609, 90)
    await town.bill(202601, 80)
    await town.paid("R1", date(2026, 9, 12), 72_000)
    await town.paid("R2", date(2026, 10, 8), 30_000, bill_number="B202610")  # before its day
    await town.paid("R3", date(2026, 10, 20), 50_000)
    await town.paid("R4", date(2026, 11, 20), 10_000, bill_number="B202610")  # the newest holds it

    found = await town.store.read(bills, K, 6)

    assert [(it.month.month, it.paid, it.receipt) for it in found] == [
        (11, Money(10_000), "R4"),
        (10, Money(80_000), "R3"),
        (9, Money(72_000), "R1"),
    ]
    account = await town.account()
    assert account.bill is not None
    assert replace(found[0], receipt=account.bill.receipt) == account.bill


async def test_receipts_are_listed_newest_first_and_refunds_are_none(town: Town) -> None:
    await town.paid("R1", date(2026, 9, 12), 72_000)
    await town.paid("R2", date(2026, 10, 20), 50_000)
    await town.paid("R2-back", date(2026, 10, 21), -50_000)
    await town.paid("R3", date(2026, 11, 12), 1_000)

    found = await town.store.read(receipts, K, 2)

    assert [it.number for it in found] == ["R3", "R2"]


async def test_the_picture_of_consumption_is_kept_under_its_months(town: Town) -> None:
    await town.bill(202610, 100)
    first = await town.papers.consumption(K, ENGLISH, town.now)
    await town.bill(202609, 90)

    second = await town.papers.consumption(K, ENGLISH, town.now)

    assert first is not None
    assert second is not None
    assert first.mime == "image/png"
    assert await town.count() == 2


@pytest_asyncio.fixture
async def printer() -> AsyncIterator[Printer]:
    made = Printer(COMPANY, idle=0.5)
    yield made
    await made.close()


async def test_the_printers_process_draws_what_we_would(town: Town, printer: Printer) -> None:
    await town.copy()
    [paper] = town.press.drawn

    assert await printer.printed(paper) == printed(paper, VOICE)
    await asyncio.sleep(0.8)  # it has ended meanwhile, and is started again
    assert await printer.printed(paper) == printed(paper, VOICE)


async def test_a_printer_that_was_killed_is_started_again(town: Town, printer: Printer) -> None:
    await town.copy()
    [paper] = town.press.drawn
    await printer.printed(paper)
    [process] = [it for it in psutil.Process().children() if "app.print_shop" in it.cmdline()]
    process.kill()

    assert (await printer.printed(paper)).body.startswith(b"%PDF")


async def test_a_paper_that_cannot_be_drawn_ends_nothing(town: Town, printer: Printer) -> None:
    await town.copy()
    [paper] = town.press.drawn
    with pytest.raises(Temporary):
        await printer.printed(replace(paper, tag=Tag("xx")))

    assert (await printer.printed(paper)).mime == "application/pdf"
