"""What sample data are made of: a discom's `sample.yml` and its offices."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel

from models.k_number import KNumber
from models.message import Phone

Pair = tuple[str, str]  # English and Hindi
Slabs = list[tuple[int | None, int]]  # units a month up to, and paise

KNOWN_MOBILES = 9_999_000_000


class Rate(BaseModel, frozen=True, extra="forbid"):
    """The rates of one category, in paise."""

    slabs: Slabs  # a unit
    fixed: Slabs = []  # a month, by the units of the month
    fixed_per_kw: int = 0
    duty: int
    water: int
    fuel: int
    regulatory: int
    units: tuple[int, int]
    watts: tuple[int, int]
    subsidy: Literal["", "free", "farm"] = ""


class Names(BaseModel, frozen=True, extra="forbid"):
    """Names to combine."""

    first: list[Pair]
    last: list[Pair]
    concerns: list[Pair]


class Circle(BaseModel, frozen=True, extra="forbid"):
    """How many of the consumers live in a circle, and where."""

    weight: int
    pincode: int


class Area(BaseModel, frozen=True, extra="forbid"):
    """Who lives in a city, a town or a village."""

    share: int
    categories: dict[str, int]


class Mobiles(BaseModel, frozen=True, extra="forbid"):
    """Made-up mobile numbers of the crowd."""

    first: int
    count: int


class Connection(BaseModel, frozen=True, extra="forbid"):
    """A well-known connection that shows one state of a bill."""

    serial: int
    name: Pair
    category: str
    watts: int
    mobile: int
    label: Pair | None = None
    units: int = 0
    amount: int = 0  # rupees the newest bill must come to; the rest is other charges
    months: int | None = None
    cycle: int = 1
    due_in: int = 0
    unpaid: int = 0
    paid: int = 0
    paid_before: int = 0
    credit: int = 0
    subsidised: bool = False
    status: str = "active"
    was: int | None = None


class Many(BaseModel, frozen=True, extra="forbid"):
    """Connections alike, all on one mobile."""

    first_serial: int
    count: int
    name: Pair
    category: str
    watts: int
    units: int
    due_in: int
    mobile: int


class Somebody(BaseModel, frozen=True, extra="forbid"):
    """A person to be in the demo."""

    mobile: int
    label: Pair


class Known(BaseModel, frozen=True, extra="forbid"):
    """The connections everybody may rely on."""

    office_code: str
    months: int
    connections: list[Connection]
    many: Many
    people: list[Somebody]

    def all(self) -> list[Connection]:
        """Each connection, the many alike included."""
        many = self.many
        alike = [
            Connection(
                serial=many.first_serial + place,
                name=many.name,
                category=many.category,
                watts=many.watts,
                units=many.units + place,
                due_in=many.due_in,
                mobile=many.mobile,
            )
            for place in range(many.count)
        ]
        return [*self.connections, *alike]


class SampleFile(BaseModel, frozen=True, extra="forbid"):
    """The file `sample.yml`."""

    version: Literal[1]
    mobiles: Mobiles
    names: Names
    localities: list[Pair]
    circles: dict[str, Circle]
    areas: dict[str, Area]
    rates: dict[str, Rate]
    urban_cess: int
    late_percent: int
    season: list[int]
    known: Known


@dataclass(frozen=True, slots=True)
class Subdivision:
    """An office that has consumers."""

    code: str
    name: str
    name_hi: str
    circle: str
    area: str
    prefix: int  # the first five digits of its K-numbers


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything sample data are made of."""

    file: SampleFile
    subdivisions: tuple[Subdivision, ...]

    def known_number(self, serial: int) -> KNumber:
        """The K-number of a well-known connection."""
        office = next(it for it in self.subdivisions if it.code == self.file.known.office_code)
        return KNumber(f"{office.prefix}{serial:07d}")


def known_phone(mobile: int) -> Phone:
    """The number of a person of the demo."""
    return Phone(f"+91{KNOWN_MOBILES + mobile}")


def read_sample(folder: Path) -> Sample:
    """Read a discom's folder; raises ValidationError where `sample.yml` is not as it should be."""
    file = SampleFile.model_validate(
        yaml.safe_load((folder / "sample.yml").read_text(encoding="utf-8"))
    )
    with (folder / "offices.csv").open(encoding="utf-8", newline="") as lines:
        offices = {row["office_code"]: row for row in csv.DictReader(lines)}
    subdivisions = []
    for code, row in offices.items():
        if not row["consumer_prefix"]:
            continue
        above = row
        while above["kind"] != "circle":
            above = offices[above["parent_code"]]
        subdivisions.append(
            Subdivision(
                code=code,
                name=row["name"],
                name_hi=row["name_hi"],
                circle=above["office_code"],
                area=row["area"],
                prefix=int(row["consumer_prefix"]),
            )
        )
    return Sample(file, tuple(subdivisions))


def sample_states(folder: Path) -> list[tuple[KNumber, str, str]]:
    """The well-known K-numbers, each with the state it shows, in English and Hindi."""
    sample = read_sample(folder)
    return [
        (sample.known_number(it.serial), *it.label)
        for it in sample.file.known.connections
        if it.label is not None
    ]


def sample_people(folder: Path) -> list[tuple[Phone, str, str]]:
    """Who one may be in the demo, in English and Hindi."""
    sample = read_sample(folder)
    return [(known_phone(it.mobile), *it.label) for it in sample.file.known.people]
