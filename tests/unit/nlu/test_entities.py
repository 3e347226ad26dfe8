"""Values in messages: a table that anyone can add a line to."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.nlu.entities import find_entities, raw_entities
from bot.nlu.normalise import normalise
from bot.nlu.result import Entity
from bot.nlu.tokens import split

TABLE = Path(__file__).parent / "entities.tsv"
ROWS = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def entities(text: str, now: datetime) -> tuple[Entity, ...]:
    normal = normalise(text)
    return raw_entities(find_entities(normal.text, split(normal.text), now), normal)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_the_values_in_a_message(text: str, expected: str, now: datetime) -> None:
    found = entities(text, now)

    said = "; ".join(f"{e.entity}={e.value} [{text[e.start : e.end]}]" for e in found)
    assert said == expected


def test_the_table_is_long_enough_to_be_worth_its_name() -> None:
    assert len(ROWS) >= 200


def test_kal_at_half_past_one_at_night_counts_from_the_indian_day() -> None:
    evening_in_london = datetime(2026, 11, 22, 20, tzinfo=UTC)

    assert entities("kal bharunga", evening_in_london)[0].value == "2026-11-24"


def test_a_time_without_a_zone_is_taken_for_indian_time() -> None:
    assert entities("aaj", datetime(2026, 11, 23, 1))[0].value == "2026-11-23"  # noqa: DTZ001 -- the point of the test


def test_a_written_date_stands_where_the_person_wrote_it(now: datetime) -> None:
    text = "जी‍ ज़रा के नंबर ९०१०‌१०००-०१२३ देखो"

    (found,) = entities(text, now)

    assert text[found.start : found.end] == "९०१०‌१०००-०१२३"
    assert found.value == "901010000123"


@pytest.mark.parametrize("prefix", ["", "K ", "k.no. ", "K", "kno:", "के नंबर ", "K-"])
@pytest.mark.parametrize("separator", ["", " ", "-", ".", "/", "  ", " - "])
def test_a_k_number_in_any_spacing(prefix: str, separator: str, now: datetime) -> None:
    for groups in (("9010", "1000", "0123"), ("901", "010000", "123"), ("90", "1010000123")):
        found = entities(f"{prefix}{separator.join(groups)} ka bill", now)

        assert [(e.entity, e.value) for e in found] == [("k_number", "901010000123")]
