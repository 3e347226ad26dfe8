"""Printing: the CPU of one bill's copy, and what turns feel while fifty receipts are printed.

Against a bare fpdf2 sheet with one line in the same two fonts: what the library itself takes.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from bench.driver import Driver
from bench.house import House, Houses, serving
from bench.processes import bijli
from bench.questions import SENDERS, Question, questions, receipts
from bench.records import write_collections
from bench.results import Result, median, percentile
from bench.rounds import at_half_load, one_round
from models.bill import Bill, Charges
from models.consumption import consumption
from models.k_number import KNumber
from models.message import HINDI, Tag
from models.money import NOTHING, Money
from models.paper import BillPaper, ConsumptionPaper, Paper, ReceiptPaper
from models.payment import PaidReceipt
from models.words import Masked, Month, Name
from voice.papers import printed
from voice.voice import Company, Voice

ROUNDS = 3
DRAWN = 20  # papers a round
PRINTS = 50  # asked for at once
LOAD, WARMING = 10.0, 1.0  # seconds under load; into which the prints come
TURNS = 1000
K = KNumber("901010000123")


async def measure(houses: Houses, sizes: tuple[int, ...]) -> AsyncIterator[Result]:
    """One result for each size of an embedded database."""
    drawn = _drawn()
    for size in sizes:
        yield await _measure(houses.build(houses.kinds[0], size), drawn)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Milliseconds a paper, and bytes."""

    bill: float
    receipt: float
    picture: float
    bare: float
    longest: int


async def _measure(house: House, drawn: _Drawn) -> Result:
    file = write_collections(house.folder / "collections.csv", PRINTS)
    bijli("import", "collections", str(file), environment=house.environment, log=house.log)
    async with serving(house) as served:
        await house.sink.settled()
        driver = Driver(served.port, house.sink)
        asking = questions(served.url, house.consumers, "p")
        await one_round(driver, served, asking, SENDERS)
        wall = await one_round(driver, served, asking, TURNS)
        rate = wall.turns / wall.wall / 2  # of which half comes: printing wants a core for itself
        before = served.program.memory()
        alone = await at_half_load(driver, asking, rate, _after_ten_seconds, 2 * LOAD)
        [cold] = await driver.in_flight(receipts(served.url, 1, "c"), 1)
        [kept] = await driver.in_flight(receipts(served.url, 1, "k"), 1)
        [warm] = await driver.in_flight(receipts(served.url, 1, "w", first=1), 1)
        asked = receipts(served.url, PRINTS - 2, "r", first=2)
        async with asyncio.TaskGroup() as group:
            turns = group.create_task(
                at_half_load(driver, asking, rate, _after_ten_seconds, 2 * LOAD)
            )
            prints = group.create_task(_after_a_while(driver, asked))
        beside, prints_took = turns.result(), prints.result()
        memory = served.program.memory()
    return Result(
        name=f"papers@{house.consumers}",
        value=drawn.bill,
        unit="ms",
        ratio=drawn.bare / drawn.bill,
        denominator="bare-fpdf2-sheet",
        beside={
            "receipt_ms": drawn.receipt,
            "picture_ms": drawn.picture,
            "bare_ms": drawn.bare,
            "longest_bytes": drawn.longest,
            "first_reply_ms": 1000 * cold,
            "reply_ms": 1000 * warm,
            "kept_reply_ms": 1000 * kept,
            "p50_ms": 1000 * percentile(alone, 0.5),
            "p50_ms_while_printing": 1000 * percentile(beside, 0.5),
            "p99_ms": 1000 * percentile(alone, 0.99),
            "p99_ms_while_printing": 1000 * percentile(beside, 0.99),
            "prints": len(prints_took),
            "last_print_ms": 1000 * max(prints_took),
            "load": f"{rate / 2:.0f}/s",
            "memory_mib": before / (1 << 20),
            "memory_with_printer_mib": memory / (1 << 20),
        },
    )


async def _after_a_while(driver: Driver, asked: Sequence[Question]) -> list[float]:
    await asyncio.sleep(WARMING)
    return await driver.in_flight(asked, len(asked))


def _after_ten_seconds(passed: float) -> bool:
    return passed >= LOAD


def _drawn() -> _Drawn:
    voice = Voice(Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912"))
    papers: tuple[Paper, ...] = (_bill(HINDI), _receipt(HINDI), _picture(HINDI))
    files = [printed(paper, voice) for paper in papers]  # the libraries are there from now on
    rounds: list[list[float]] = [[] for _ in range(4)]
    for _ in range(ROUNDS):
        for place, paper in enumerate(papers):
            rounds[place].append(_each(partial(printed, paper, voice)))
        rounds[3].append(_each(_bare))
    bill, receipt, picture, bare = (1000 * median(it) for it in rounds)
    return _Drawn(bill, receipt, picture, bare, max(len(it.body) for it in files))


def _each(draw: Callable[[], object]) -> float:
    """CPU seconds a drawing."""
    gc.collect()
    began = time.process_time()
    for _ in range(DRAWN):
        draw()
    return (time.process_time() - began) / DRAWN


def _bare() -> bytes:
    from fpdf import FPDF

    from voice.sheet import FAMILY, FONTS

    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.set_text_shaping(use_shaping_engine=True)
    for style, weight in (("", "Regular"), ("B", "Bold")):
        pdf.add_font(FAMILY, style, FONTS / f"{FAMILY}-{weight}.ttf")
        pdf.set_font(FAMILY, style, 10)
        pdf.cell(text="बिजली का बिल (प्रति) Electricity bill ₹1,240")
    return bytes(pdf.output())


def _bill(tag: Tag) -> BillPaper:
    return BillPaper(
        tag=tag,
        bill=_month_of(2026, 11, 152),
        name=Name("Ramesh Kumar Sharma", "रमेश कुमार शर्मा"),
        address="House 123 Vaishali Nagar Ajmer 305001",
        office=Name("Vaishali Nagar", "वैशाली नगर"),
        helpline="1912",
        category="LT-1",
        load_watts=2500,
        phase=1,
        meter_number="AJCK0000123",
        cheque_due_on=date(2026, 11, 21),
    )


def _receipt(tag: Tag) -> ReceiptPaper:
    paid = PaidReceipt("PAY-9T3M8A", K, Money(1_240_00), date(2026, 11, 22), "upi", "pay_QwErTy12")
    return ReceiptPaper(tag, paid, Masked("Ramesh Kumar", "रमेश कुमार"), None, "")


def _picture(tag: Tag) -> ConsumptionPaper:
    year = consumption([_month_of(2026, month, 90 + 10 * month) for month in range(1, 12)])
    assert year is not None
    return ConsumptionPaper(tag, K, year)


def _month_of(year: int, month: int, units: int) -> Bill:
    return Bill(
        number=f"B{year}{month:02d}",
        k_number=K,
        month=Month(year, month),
        billed_on=date(year, month, 9),
        due_on=date(year, month, 24),
        previous_reading=4300,
        current_reading=4300 + units,
        units=units,
        charges=Charges(*(Money(100_00 + at) for at in range(13))),
        amount=Money(1_240_00),
        amount_after_due=Money(1_264_80),
        paid=NOTHING,
        paid_on=None,
        receipt="",
        covers_from=date(year, month, 1),
        covers_to=date(year, month, 8),
    )
