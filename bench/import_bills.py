"""A month's bills through `bijli import`: how fast, how large, and who has to wait for it.

Against a bare csv.reader and executemany of the same rows into a table with the same keys.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.driver import Driver
from bench.house import House, Houses, serving
from bench.processes import MIB, Ended, Program, ProgramFailed, bijli, run
from bench.questions import SENDERS, questions
from bench.records import write_bills
from bench.results import Fact, Result, median, percentile
from bench.rounds import at_half_load, one_round

ROUNDS = 3
TURNS_ALONE = 8.0  # seconds


@dataclass(slots=True)
class Months:
    """Bills of one earlier month after another, so that every import brings rows that are new."""

    house: House
    _ago: Iterator[int]

    def write(self, count: int) -> Path:
        """The next month's file."""
        return write_bills(self.house.folder / "month.csv", count, next(self._ago))


async def measure(houses: Houses, sizes: tuple[int, ...]) -> AsyncIterator[Result]:
    """One result for each kind of database and size; the largest also beside running turns."""
    for kind in houses.kinds:
        house = houses.build(kind, max(sizes))
        months = Months(house, itertools.count(1))
        for size in sizes:
            facts = await _beside_turns(months, size) if size == max(sizes) else {}
            yield _measure(months, size, facts)


def _measure(months: Months, size: int, facts: dict[str, Fact]) -> Result:
    house = months.house
    ours, bares = [], []
    for _ in range(ROUNDS):
        file = months.write(size)
        ours.append(_import(house, file))
        bares.append(_bare(house, file))
    again = _import(house, file)
    if house.kind.name == "sqlite":
        facts |= _lock_waits(house, months.write(size))
    return Result(
        name=f"import_bills{house.kind.suffix}@{size}",
        value=median([size / it.wall for it in ours]),
        unit="rows/s",
        ratio=median([bare.cpu / own.cpu for own, bare in zip(ours, bares, strict=True)]),
        denominator="csv-reader-executemany",
        beside={
            "rows_cpu_s": median([size / it.cpu for it in ours]),
            "bare_rows_s": median([size / it.wall for it in bares]),
            "peak_mib": max(it.peak for it in ours) / MIB,
            "again_rows_s": size / again.wall,
            "again_unchanged": _number(again.output, "unchanged"),
            **facts,
            "all_cpu_s": [it.cpu for it in ours],
            "all_bare_cpu_s": [it.cpu for it in bares],
        },
    )


def _import(house: House, file: Path) -> Ended:
    log = house.folder / "import.log"
    return bijli("import", "bills", str(file), environment=house.environment, log=log)


def _bare(house: House, file: Path) -> Ended:
    path = house.folder / "bare.db"
    for it in house.folder.glob("bare.db*"):
        it.unlink()
    url = f"sqlite:///{path}" if house.kind.name == "sqlite" else house.url
    return run(
        (sys.executable, "-m", "bench.bare_import", url, str(file)),
        {},
        house.folder / "bare_import.log",
    )


def _lock_waits(house: House, file: Path) -> dict[str, Fact]:
    """How long another writer waits for SQLite's write lock while an import runs."""
    path = house.url.removeprefix("sqlite:///")
    command = (sys.executable, "-m", "bench.prober", path)
    prober = Program(command, {}, house.folder / "prober.log")
    try:
        _import(house, file)
    finally:
        prober.stop()
    waits: list[float] = json.loads(prober.log.read_text())
    return {
        "lock_ms_longest": max(waits),
        "lock_ms_p99": percentile(waits, 0.99),
        "lock_asked": len(waits),
    }


async def _beside_turns(months: Months, size: int) -> dict[str, Fact]:
    """The p99 of turns at half of the most load, alone and while an import runs."""
    house = months.house
    file = months.write(size)
    async with serving(house) as served:
        await house.sink.settled()
        driver = Driver(served.port, house.sink)
        asking = questions(served.url, house.consumers, "i")
        await one_round(driver, served, asking, SENDERS)
        measured = await one_round(driver, served, asking, SENDERS)
        most = SENDERS / measured.wall
        alone = await at_half_load(driver, asking, most, lambda passed: passed > TURNS_ALONE)
        work = asyncio.create_task(asyncio.to_thread(_import, house, file))
        beside = await at_half_load(driver, asking, most, lambda _: work.done())
        ended = await work
    alone_p99, beside_p99 = percentile(alone, 0.99), percentile(beside, 0.99)
    return {
        "turn_load": f"{most / 2:.0f}/s",
        "turn_p99_ms_alone": 1000 * alone_p99,
        "turn_p99_ms_beside": 1000 * beside_p99,
        "turn_p99_growth": beside_p99 / alone_p99,
        "beside_turns_rows_s": size / ended.wall,
    }


def _number(said: str, word: str) -> int:
    """The number that stands before a word in what a command printed."""
    found = re.search(rf"(\d[\d,]*) {word}", said)
    if found is None:
        raise ProgramFailed(f"The import does not say how many are {word}: {said}")
    return int(found[1].replace(",", ""))
