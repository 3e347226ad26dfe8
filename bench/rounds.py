"""Rounds of questions to a program that listens, and what they took of it."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.driver import Driver
from bench.house import Served
from bench.questions import Question


@dataclass(frozen=True, slots=True)
class Round:
    """So many turns, one after another on every lane."""

    turns: int
    cpu: float
    wall: float
    times: list[float]

    @property
    def rate(self) -> float:
        """Turns a CPU second."""
        return self.turns / self.cpu


async def one_round(
    driver: Driver, served: Served, asking: Iterator[Question], turns: int
) -> Round:
    """Ask so many questions with 32 in flight; only the asking is timed, not the making."""
    asked = list(itertools.islice(asking, turns))
    gc.collect()
    cpu, since = served.program.cpu(), served.program.age()
    times = await driver.in_flight(asked)
    return Round(turns, served.program.cpu() - cpu, served.program.age() - since, times)


async def at_half_load(
    driver: Driver,
    asking: Iterator[Question],
    most: float,
    until: Callable[[float], bool],
    longest: float = 60.0,
) -> list[float]:
    """The seconds of each turn at half of the most that the program can do."""
    rate = most / 2
    asked = list(itertools.islice(asking, int(rate * longest)))
    gc.collect()
    return await driver.at_rate(asked, rate, until)
