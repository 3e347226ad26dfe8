"""Rates are told only where a source confirms them."""

from datetime import date

from app.tariffs import tariffs
from models.money import Money
from models.tariff import in_force

AVVNL = tariffs("avvnl")


def test_rates_from_memory_are_left_out() -> None:
    newest = AVVNL[-1]

    assert [(it.first, it.last, it.rate) for it in newest.rates["LT-1"]] == [
        (0, 50, Money(475)),
        (51, 150, Money(600)),
        (151, 300, Money(700)),
    ]
    assert not newest.rates.keys() & {"LT-2", "LT-4", "LT-5"}


def test_the_slabs_of_a_category_follow_one_another() -> None:
    for tariff in AVVNL:
        for slabs in tariff.rates.values():
            ends = [it.last for it in slabs[:-1]]
            assert [it.first for it in slabs[1:]] == [end + 1 for end in ends if end is not None]


def test_every_rate_belongs_to_a_group_that_people_can_name() -> None:
    for tariff in AVVNL:
        named = {code for codes in tariff.groups.values() for code in codes}
        assert tariff.rates.keys() <= named <= tariff.names.keys()


def test_the_tariff_of_a_day_is_the_one_in_force() -> None:
    def year(day: date) -> str | None:
        tariff = in_force(AVVNL, day)
        return tariff.year if tariff else None

    assert year(date(2025, 9, 30)) == "2024-25"
    assert year(date(2025, 10, 1)) == "2025-26"
    assert year(date(2019, 1, 1)) is None
