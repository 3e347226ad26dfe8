"""A bill question on WhatsApp: from the signed form to the reply at the provider.

Against a bare aiohttp handler that reads the same form, driven by the same driver.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

from bench.driver import IN_FLIGHT, Driver
from bench.house import House, Houses, free_port, listening, serving
from bench.processes import Program
from bench.questions import SENDERS, questions
from bench.results import Result, median, percentile
from bench.rounds import at_half_load, one_round

ROUNDS = 3
TURNS = 2000  # a round
BARE_TURNS = 10_000  # a round; process times are told in hundredths of a second
OPEN_LOOP = 10.0  # seconds at half of the measured rate


async def measure(houses: Houses, sizes: tuple[int, ...]) -> AsyncIterator[Result]:
    """One result for each kind of database and size."""
    for kind in houses.kinds:
        smaller: float | None = None
        for size in sizes:
            result = await _measure(houses.build(kind, size), smaller)
            smaller = smaller or float(str(result.beside["p99_ms"]))
            yield result


async def _measure(house: House, smaller: float | None) -> Result:
    bare_port = free_port()
    bare_command = (sys.executable, "-m", "bench.bare", str(bare_port))
    bare_program = Program(bare_command, {}, house.folder / "bare.log")
    async with listening(bare_program, bare_port) as bare, serving(house) as served:
        await house.sink.settled()
        driver, bare_driver = Driver(served.port, house.sink), Driver(bare.port, None)
        asking = questions(served.url, house.consumers, "m")
        first = await one_round(driver, served, asking, SENDERS)  # everybody's first question
        await one_round(bare_driver, bare, asking, SENDERS)
        ours, bares = [], []
        for _ in range(ROUNDS):
            ours.append(await one_round(driver, served, asking, TURNS))
            bares.append(await one_round(bare_driver, bare, asking, BARE_TURNS))
        wall = median([it.turns / it.wall for it in ours])
        times = await at_half_load(driver, asking, wall, _after_ten_seconds, 2 * OPEN_LOOP)
        strange = sorted(house.sink.strange)
    p99 = percentile(times, 0.99)
    growth = {"p99_growth": 1000 * p99 / smaller} if smaller else {}
    rate = median([it.rate for it in ours])
    return Result(
        name=f"webhook_turn{house.kind.suffix}@{house.consumers}",
        value=rate,
        unit="turns/cpu-s",
        ratio=median([a.rate / b.rate for a, b in zip(ours, bares, strict=True)]),
        denominator="bare-aiohttp-form",
        beside={
            "wall_turns_s": wall,
            "cpu_ms": 1000 / rate,
            "bare_cpu_ms": 1000 / median([it.rate for it in bares]),
            "p50_ms": 1000 * percentile(times, 0.5),
            "p99_ms": 1000 * p99,
            **growth,
            "load": f"{wall / 2:.0f}/s",
            "p99_ms_in_flight": 1000 * median([percentile(it.times, 0.99) for it in ours]),
            "in_flight": IN_FLIGHT,
            "first_cpu_ms": 1000 / first.rate,
            "all_cpu_ms": [1000 / it.rate for it in ours],
            "all_bare_cpu_ms": [1000 / it.rate for it in bares],
            "turns_at_load": len(times),
            "other_replies": len(driver.others),
            "strange_calls": ", ".join(strange) or "none",
        },
    )


def _after_ten_seconds(passed: float) -> bool:
    return passed >= OPEN_LOOP
