"""Values in hard messages, in three scripts, and what only looks like a value."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities import find_entities, raw_entities
from bot.nlu.normalise import normalise
from bot.nlu.places import PlaceName, Places, offices_in
from bot.nlu.tokens import split

HERE = Path(__file__).parent
COMPANY = Path(__file__).parents[3] / "data" / "discom" / "avvnl"
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday afternoon in India
LEAST = 0.97
OUR_OWN = {"digits", "spreadsheet_number"}  # not of the label set

OFFICES = Places(offices_in(COMPANY / "offices.csv"))
PIECES = [
    word
    for line in (HERE / "entities_hard.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split("\t")[0].split()
]

Values = list[tuple[str, str]]


class Hard(NamedTuple):
    text: str
    values: Values
    now: datetime


def read(table: str) -> Iterator[Hard]:
    for line in (HERE / table).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, expected, *moment = line.split("\t")
        pairs = (it.partition("=") for it in expected.split("; ") if it)
        now = datetime.fromisoformat(moment[0]) if moment else NOW
        yield Hard(text, [(name, value) for name, _, value in pairs], now)


@pytest.fixture(scope="module")
def places() -> Places:
    localities = yaml.safe_load((COMPANY / "sample.yml").read_text(encoding="utf-8"))["localities"]
    known = (PlaceName(name, (name_hi,)) for name, name_hi in localities)
    return Places([*offices_in(COMPANY / "offices.csv"), *known])


def values_of(hard: Hard, places: Places) -> Values:
    normal = normalise(hard.text)
    found = find_entities(normal.text, split(normal.text), hard.now, places)
    told = raw_entities(found, normal)
    return [(it.entity, str(it.value)) for it in told if it.entity not in OUR_OWN]


@pytest.mark.parametrize("table", ["entities_hard.tsv", "entities_unseen.tsv"])
def test_nearly_every_hard_message_gives_exactly_its_values(table: str, places: Places) -> None:
    rows = list(read(table))

    wrong = [
        f"{it.text!r}: {got} is not {it.values}"
        for it in rows
        if (got := values_of(it, places)) != it.values
    ]

    assert len(wrong) <= (1 - LEAST) * len(rows), "\n".join(wrong)


def test_nearly_every_value_is_found_and_nearly_none_is_made_up(places: Places) -> None:
    rows = list(read("entities_hard.tsv"))
    expected: Counter[tuple[int, str, str]] = Counter()
    got: Counter[tuple[int, str, str]] = Counter()
    for place, hard in enumerate(rows):
        expected.update((place, *value) for value in hard.values)
        got.update((place, *value) for value in values_of(hard, places))

    right = (expected & got).total()

    assert right >= LEAST * expected.total()
    assert right >= LEAST * got.total()


@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12))
def test_no_text_breaks_the_grammars_and_every_value_stands_in_it(pieces: list[str]) -> None:
    text = " ".join(pieces)
    normal = normalise(text)

    found = find_entities(normal.text, split(normal.text), NOW, OFFICES)

    told = raw_entities(found, normal)
    ends = [0, *(it.end for it in told)]
    assert all(end <= it.start < it.end for end, it in zip(ends, told, strict=False))
    assert ends[-1] <= len(text)


def test_the_tables_are_long_enough() -> None:
    assert len(list(read("entities_hard.tsv"))) >= 400
    assert len(list(read("entities_unseen.tsv"))) >= 100
