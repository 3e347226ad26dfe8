"""The many: consumers made in blocks, each a function of the seed and its own number alone.

So more consumers only add to those that were there, and the same month always has the same bill,
whenever the sample is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from discom.sample.charges import Ints, Parts, charge, surcharge
from discom.sample.facts import Sample

BLOCK = 1_000
FIRST_SERIAL = 1_000_000  # the well-known ones stand below
SEASONED = 1200  # a year of the season's twelve per cents
READINGS_FROM = 2020 * 12  # the month meters are counted from
FAMILY = 5  # one in so many has the name, home and mobile of the one before
DUE_DAYS = 15
PER_MILLE = 1000
YEAR = 13  # months of bills that the first block has at least: a year, and the same month before
EPOCH = date(1970, 1, 1)
STATUSES = ("active", "disconnected", "temporary", "closed")
MODES = ("UPI", "Cash", "eMitra", "Net banking", "Cheque")
FEEDERS = 4  # of each subdivision: two for people, one for works, one for farms or mixed
WORKS = ("LT-5", "LT-6", "HT-2", "HT-5")
FARMS = "LT-4"


@dataclass(frozen=True, slots=True)
class Bills:
    """Bills of one month, as columns; money is paise, days count from 1970."""

    consumer: Ints  # its place in the block
    month: Ints  # 202611
    day: Ints
    previous: Ints
    current: Ints
    parts: Parts
    arrears: Ints
    amount: Ints
    after_due: Ints
    paid_day: Ints  # 0: not paid
    paid: Ints

    def only(self, which: NDArray[np.bool_]) -> Self:
        """Some of them."""
        parts = Parts(*(getattr(self.parts, it.name)[which] for it in fields(Parts)))
        chosen = {it.name: getattr(self, it.name) for it in fields(self) if it.name != "parts"}
        return type(self)(parts=parts, **{name: column[which] for name, column in chosen.items()})


class Crowd:
    """All consumers that a seed makes."""

    def __init__(self, sample: Sample, seed: int) -> None:
        self.sample = sample
        self.seed = seed
        file, offices = sample.file, sample.subdivisions
        shares = dict.fromkeys(file.circles, 0)
        for office in offices:
            shares[office.circle] += file.areas[office.area].share
        self.office_weights = np.cumsum(
            [
                file.circles[it.circle].weight
                * file.areas[it.area].share
                * 1000
                // shares[it.circle]
                for it in offices
            ]
        )
        self.prefixes = np.array([it.prefix for it in offices])
        self.areas = sorted(file.areas)
        self.office_areas = np.array([self.areas.index(it.area) for it in offices])
        self.categories = sorted(file.rates)
        cumulative = np.cumsum(file.season)
        self.season_until = np.concatenate([[0], cumulative[:-1]])

    def block(self, number: int) -> Block:
        """So many consumers, from `number` times `BLOCK` on."""
        return Block(self, number)

    def blocks(self, consumers: int) -> Iterator[tuple[Block, int]]:
        """The blocks of so many consumers, and how many of each are wanted."""
        for number in range(-(-consumers // BLOCK)):
            yield self.block(number), min(BLOCK, consumers - number * BLOCK)


class Block:
    """A thousand consumers, as columns."""

    def __init__(self, crowd: Crowd, number: int) -> None:
        self._crowd = crowd
        self._number = number
        self.n = np.arange(number * BLOCK, (number + 1) * BLOCK)
        self._person = np.arange(BLOCK) - (self.n % FAMILY == 1)
        sample = crowd.sample
        self.office = self._person_pick("office", crowd.office_weights)
        self.k_number = crowd.prefixes[self.office] * 10_000_000 + FIRST_SERIAL + self.n
        self.first = self._person_draw("first", len(sample.file.names.first))
        self.last = self._person_draw("last", len(sample.file.names.last))
        self.locality = self._person_draw("locality", len(sample.file.localities))
        self.category = self._categories()
        self.urban = crowd.office_areas[self.office] != crowd.areas.index("rural")
        self.watts, self.units = self._sizes()
        self.cycle = np.where(
            ~self.urban & np.isin(self.category, self._indexes("LT-1", FARMS)), 2, 1
        )
        self.subsidised = (self._draw("subsidised", PER_MILLE) < 650).astype(np.int64)  # noqa: PLR2004 -- of 1000
        self.status = self._pick("status", np.cumsum([965, 20, 10, 5]))
        self.bill_day = 1 + self._draw("bill day", 28)
        self.connected = 5_500 + self._draw("connected", 14_500)  # days: 1985 to 2024
        self.start = self._draw("start", 5_000)

    @cached_property
    def mobile(self) -> Ints:
        """Ten digits, 0 for none; a family has one."""
        mobiles = self._crowd.sample.file.mobiles
        shared = (self._number * BLOCK + self._person) % mobiles.count
        return np.where(self._person_draw("mobile", 100) < 85, mobiles.first + shared, 0)  # noqa: PLR2004 -- per cent

    @cached_property
    def feeder(self) -> Ints:
        """Which feeder of the subdivision, from 1."""
        people = 1 + self.locality % 2
        works = np.isin(self.category, self._indexes(*WORKS))
        return np.where(works, 3, np.where(self.category == self._indexes(FARMS)[0], 4, people))

    def bills(self, wanted: int, today: date, months: int) -> Iterator[Bills]:
        """The bills of the last so many months up to today, month by month.

        The first block has a year of them, so that there are histories to show.
        """
        months = max(months, YEAR) if self._number == 0 else months
        latest = today.year * 12 + today.month - 1
        for month in range(latest - months, latest + 1):
            newest = np.where(self.bill_day <= today.day, latest, latest - 1)
            billed = (month <= newest) & (month > newest - months)
            billed &= ((month + self.n) % self.cycle == 0) & (
                STATUSES.index("closed") != self.status
            )
            billed &= np.arange(BLOCK) < wanted
            if billed.any():
                yield self._month(month, (today - EPOCH).days).only(billed)

    def _month(self, month: int, today: int) -> Bills:
        crowd = self._crowd
        year, place = divmod(month, 12)
        first = (date(year, place + 1, 1) - EPOCH).days
        day = first + self.bill_day - 1
        before = month - self.cycle
        now, arrears = self._charges(month), self._carried(before)
        current = now.total()
        amount = current + arrears
        after_due = amount + surcharge(current, crowd.sample.file.late_percent)
        late = self._draw(f"late {month}", 100) < 10  # noqa: PLR2004 -- per cent
        paid_day = day + 2 + self._draw(f"paid {month}", 12)
        paid_day = np.where(late, day + DUE_DAYS + 2 + self._draw(f"late by {month}", 8), paid_day)
        pays = ~self._unpaid(month) & (amount > 0) & (paid_day <= today)
        return Bills(
            consumer=np.arange(BLOCK),
            month=np.full(BLOCK, year * 100 + place + 1),
            day=day,
            previous=self._reading_before(month),
            current=self._reading(month),
            parts=now,
            arrears=arrears,
            amount=amount,
            after_due=after_due,
            paid_day=np.where(pays, paid_day, 0),
            paid=np.where(late, after_due, amount),
        )

    def _charges(self, month: int) -> Parts:
        """The charges of a month, each category by its own rates."""
        units = self._reading(month) - self._reading_before(month)
        return self._charged(units)

    def _charged(self, units: Ints) -> Parts:
        crowd = self._crowd
        columns = {it.name: np.zeros(BLOCK, np.int64) for it in fields(Parts)}
        for index, name in enumerate(crowd.categories):
            own = self.category == index
            if not own.any():
                continue
            parts = charge(
                crowd.sample.file.rates[name],
                units[own],
                self.watts[own],
                self.cycle[own],
                urban_cess=self.urban[own] * crowd.sample.file.urban_cess,
                subsidised=self.subsidised[own],
            )
            for it in fields(Parts):
                columns[it.name][own] = getattr(parts, it.name)
        return Parts(**columns)

    def _carried(self, before: Ints) -> Ints:
        """What the bill before left unpaid; it never had arrears itself, as nobody skips two."""
        arrears = np.zeros(BLOCK, np.int64)
        for month in np.unique(before).tolist():
            current = self._charges(month).total()
            owed = current + surcharge(current, self._crowd.sample.file.late_percent)
            arrears = np.where((before == month) & self._unpaid(month), owed, arrears)
        return arrears

    def _unpaid(self, month: int) -> NDArray[np.bool_]:
        one, other = self._tempted(month), self._tempted(month - 1)
        earlier = np.where(self.cycle == 1, other, self._tempted(month - 2))
        return one & ~earlier

    def _tempted(self, month: int) -> NDArray[np.bool_]:
        return self._draw(f"tempted {month}", 100) < 9  # noqa: PLR2004 -- per cent

    def _reading(self, month: int) -> Ints:
        year, place = divmod(month - READINGS_FROM, 12)
        so_far = year * SEASONED + int(self._crowd.season_until[place])
        wobble = self._draw(f"reading {month}", 30)
        return self.start + self.units * (so_far + wobble) // 100

    def _reading_before(self, month: int) -> Ints:
        return np.where(self.cycle == 1, self._reading(month - 1), self._reading(month - 2))

    def _categories(self) -> Ints:
        crowd = self._crowd
        category = np.zeros(BLOCK, np.int64)
        for index, area in enumerate(crowd.areas):
            shares: Mapping[str, int] = crowd.sample.file.areas[area].categories
            picked = self._pick("category", np.cumsum(list(shares.values())))
            named = np.array(self._indexes(*shares))[picked]
            category = np.where(crowd.office_areas[self.office] == index, named, category)
        return category

    def _sizes(self) -> tuple[Ints, Ints]:
        rates = self._crowd.sample.file.rates
        bounds = np.array([(*rates[it].watts, *rates[it].units) for it in self._crowd.categories])
        least_watts, most_watts, least, most = bounds[self.category].T
        # Squared, so that most are small and few are large.
        chance = self._draw("size", 1 << 20) ** 2 >> 20
        watts = least_watts + (most_watts - least_watts) * chance // (1 << 20)
        return watts // 10 * 10, least + (most - least) * chance // (1 << 20)

    def _indexes(self, *names: str) -> list[int]:
        return [self._crowd.categories.index(name) for name in names]

    def _raw(self, what: str) -> NDArray[np.uint64]:
        key = [self._crowd.seed & 0xFFFFFFFF, self._number, *what.encode()]
        raw: NDArray[np.uint64] = np.random.PCG64(key).random_raw(BLOCK)  # alike in every numpy
        return raw

    def _draw(self, what: str, below: int) -> Ints:
        drawn: Ints = ((self._raw(what) >> np.uint64(16)) % np.uint64(below)).astype(np.int64)
        return drawn

    def _pick(self, what: str, cumulative: Ints) -> Ints:
        picked: Ints = np.searchsorted(cumulative, self._draw(what, int(cumulative[-1])), "right")
        return picked

    def _person_draw(self, what: str, below: int) -> Ints:
        drawn: Ints = self._draw(what, below)[self._person]
        return drawn

    def _person_pick(self, what: str, cumulative: Ints) -> Ints:
        picked: Ints = self._pick(what, cumulative)[self._person]
        return picked
