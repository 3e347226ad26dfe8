"""Sample data hang together, and are the same every time."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from discom.sample import files
from discom.sample.crowd import YEAR, Crowd
from discom.sample.facts import Sample, read_sample, sample_people, sample_states
from discom.sample.known import KnownConnections

FOLDER = Path(__file__).parents[3] / "data/discom/avvnl"
TODAY = date(2026, 11, 23)
COUNT, MONTHS = 600, 4
PARTS = ("fixed_charge", "energy_charge", "electricity_duty", "cess", "water_cess", "urban_cess",
         "fuel_surcharge", "regulatory_surcharge", "other_charges", "arrears")  # fmt: skip

Rows = list[dict[str, str]]


def read(pieces: Iterable[str]) -> Rows:
    return list(csv.DictReader("".join(pieces).splitlines()))


@pytest.fixture(scope="module")
def sample() -> Sample:
    return read_sample(FOLDER)


@pytest.fixture(scope="module")
def crowd(sample: Sample) -> Crowd:
    return Crowd(sample, 1)


def by_consumer(rows: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for row in rows:
        found[row["k_number"]].append(row)
    return found


def known_bills(sample: Sample, today: date = TODAY) -> Rows:
    return read(KnownConnections(sample, today, 99).bills())


Bills = Callable[[Sample, Crowd], Rows]
EVERY_KIND_OF_BILL = pytest.mark.parametrize(
    "bills",
    [
        lambda sample, crowd: read(files.bills(crowd, COUNT, TODAY, MONTHS)),
        lambda sample, crowd: known_bills(sample),
    ],
    ids=["crowd", "known"],
)


@EVERY_KIND_OF_BILL
def test_the_parts_add_up_to_the_amount(sample: Sample, crowd: Crowd, bills: Bills) -> None:
    for row in bills(sample, crowd):
        assert sum(int(row[name]) for name in PARTS) - int(row["subsidy"]) == int(row["amount"])
        assert int(row["amount_after_due"]) >= max(int(row["amount"]), 0)


@EVERY_KIND_OF_BILL
def test_each_reading_goes_on_from_the_last(sample: Sample, crowd: Crowd, bills: Bills) -> None:
    for rows in by_consumer(bills(sample, crowd)).values():
        rows.sort(key=lambda row: row["bill_month"])
        for row in rows:
            assert int(row["units"]) == int(row["current_reading"]) - int(row["previous_reading"])
        for earlier, later in pairwise(rows):
            assert later["previous_reading"] == earlier["current_reading"]


def test_arrears_are_what_the_last_bill_left_unpaid(crowd: Crowd) -> None:
    bills = by_consumer(read(files.bills(crowd, COUNT, TODAY, MONTHS)))
    paid = {row["receipt_number"]: row for row in read(files.collections(crowd, COUNT, TODAY, 4))}
    carried = 0
    for rows in bills.values():
        rows.sort(key=lambda row: row["bill_month"])
        for earlier, later in pairwise(rows):
            unpaid = f"R{earlier['bill_number']}" not in paid and int(earlier["amount"]) > 0
            expected = earlier["amount_after_due"] if unpaid else "0"
            assert later["arrears"] == expected
            carried += unpaid
    assert carried > COUNT / 100


def test_nobody_pays_before_the_bill_or_after_today(crowd: Crowd) -> None:
    bills = {row["bill_number"]: row for row in read(files.bills(crowd, COUNT, TODAY, MONTHS))}

    for row in read(files.collections(crowd, COUNT, TODAY, MONTHS)):
        bill = bills[row["receipt_number"][1:]]
        assert bill["bill_date"] < row["paid_on"] <= TODAY.isoformat()
        in_time = row["paid_on"] <= bill["due_date"]
        assert row["amount"] == bill["amount" if in_time else "amount_after_due"]


def test_more_consumers_only_add(crowd: Crowd) -> None:
    fewer, more = read(files.consumers(crowd, 250)), read(files.consumers(crowd, 1_300))

    assert more[:250] == fewer
    assert len({row["k_number"] for row in more}) == 1_300


def test_a_month_has_the_same_bill_whenever_it_is_made(crowd: Crowd) -> None:
    now = {row["bill_number"]: row for row in read(files.bills(crowd, 300, TODAY, MONTHS))}
    later = TODAY + timedelta(days=40)

    then = {row["bill_number"]: row for row in read(files.bills(crowd, 300, later, MONTHS))}

    both = now.keys() & then.keys()
    assert len(both) > 500
    assert {number: now[number] for number in both} == {number: then[number] for number in both}


def test_another_seed_makes_others(sample: Sample, crowd: Crowd) -> None:
    assert read(files.consumers(Crowd(sample, 2), 100)) != read(files.consumers(crowd, 100))


def test_the_newest_bill_is_current(crowd: Crowd) -> None:
    for rows in by_consumer(read(files.bills(crowd, COUNT, TODAY, MONTHS))).values():
        newest = max(row["bill_date"] for row in rows)
        assert TODAY - timedelta(days=62) < date.fromisoformat(newest) <= TODAY


def test_farms_and_villages_are_billed_every_second_month(crowd: Crowd) -> None:
    kinds = {row["k_number"]: row for row in read(files.consumers(crowd, COUNT))}
    months = by_consumer(read(files.bills(crowd, COUNT, TODAY, MONTHS)))

    farms = [rows for k, rows in months.items() if kinds[k]["category"] == "LT-4"]
    shops = [rows for k, rows in months.items() if kinds[k]["category"] == "LT-2"]

    assert {len(rows) for rows in shops} == {YEAR}
    assert YEAR // 2 in {len(rows) for rows in farms}


def test_the_first_thousand_have_a_year_of_bills_and_the_others_what_was_asked_for(
    crowd: Crowd,
) -> None:
    shops = [
        (place, row["k_number"])
        for place, row in enumerate(read(files.consumers(crowd, 1_300)))
        if row["category"] == "LT-2" and row["status"] != "closed"
    ]
    bills = by_consumer(read(files.bills(crowd, 1_300, TODAY, MONTHS)))

    assert {len(bills[k]) for place, k in shops if place < 1_000} == {YEAR}
    assert {len(bills[k]) for place, k in shops if place >= 1_000} == {MONTHS}


def test_circles_with_more_revenue_have_more_consumers(crowd: Crowd) -> None:
    count: dict[str, int] = defaultdict(int)
    for row in read(files.consumers(crowd, 5_000)):
        count[row["office_code"][:3]] += 1

    assert count["BHL"] > count["AJC"] > count["PTG"] > 0


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2027, 3, 31), date(2028, 2, 29)])
def test_the_well_known_bill_is_1240_rupees_and_due_whatever_the_day(
    sample: Sample, today: date
) -> None:
    rows = by_consumer(known_bills(sample, today))["901010000123"]

    newest = max(rows, key=lambda row: row["bill_month"])
    assert newest["amount"] == "1240"
    assert date.fromisoformat(newest["due_date"]) == today + timedelta(days=12)
    assert len(rows) == len({row["bill_month"] for row in rows}) == 13


def test_the_well_known_numbers_and_people_are_named() -> None:
    states, people = sample_states(FOLDER), sample_people(FOLDER)

    assert states[0] == ("901010000123", "Due", "बिल देय")
    assert all(len(k) == 12 and english and hindi for k, english, hindi in states)
    assert people[0][0] == "+919999000001"


def test_mobiles_are_on_one_three_and_twenty_six_connections(sample: Sample) -> None:
    consumers = read(KnownConnections(sample, TODAY, 99).consumers())

    mobiles = [row["mobile"] for row in consumers]
    assert [mobiles.count(f"+9199990000{n:02d}") for n in (1, 3, 26, 99)] == [1, 3, 26, 0]
