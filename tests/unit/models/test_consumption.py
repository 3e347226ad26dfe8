"""Bills become months that can be compared."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.bill import Bill, Charges
from models.consumption import YEAR, MonthUnits, consumption
from models.k_number import KNumber
from models.money import NOTHING
from models.words import Month

K = KNumber("901010000123")


def bill(
    year: int,
    month: int,
    units: int,
    since: date | None = None,
    until: date | None = None,
    reading: int = 0,
) -> Bill:
    """A bill of the 9th, for the days it says it covers."""
    return Bill(
        number=f"B{year}{month:02d}",
        k_number=K,
        month=Month(year, month),
        billed_on=date(year, month, 9),
        due_on=date(year, month, 24),
        previous_reading=reading,
        current_reading=reading + units,
        units=units,
        charges=Charges(*(NOTHING,) * 13),
        amount=NOTHING,
        amount_after_due=NOTHING,
        paid=NOTHING,
        paid_on=None,
        receipt="",
        covers_from=since,
        covers_to=until,
    )


def units(bills: list[Bill]) -> list[int | None]:
    """The year's months, oldest first."""
    year = consumption(bills)
    assert year is not None
    return [it.units for it in year.months]


def test_no_bill_is_no_year() -> None:
    assert consumption([]) is None


def test_a_month_without_a_bill_is_a_gap_and_no_nothing() -> None:
    year = consumption([bill(2026, 11, 150), bill(2026, 9, 90)])

    assert year is not None
    assert [it.units for it in year.months] == [None] * 9 + [90, None, 150]
    assert year.average == 120
    assert year.highest == MonthUnits(Month(2026, 11), 150)


def test_a_bill_for_two_months_is_spread_over_both_by_their_days() -> None:
    two = bill(2026, 9, 620, date(2026, 7, 9), date(2026, 9, 8))

    year = consumption([two])

    assert year is not None
    assert year.months[-2:] == (
        MonthUnits(Month(2026, 8), 310, shared=True),
        MonthUnits(Month(2026, 9), 310, shared=True),
    )


def test_a_bill_without_its_days_covers_the_time_since_the_reading_it_goes_on_from() -> None:
    before, after = bill(2026, 7, 100, reading=0), bill(2026, 9, 200, reading=100)

    assert units([before, after])[-3:] == [100, 100, 100]


def test_a_bill_without_its_days_and_after_a_gap_in_readings_covers_a_month() -> None:
    before, after = bill(2026, 7, 100, reading=0), bill(2026, 9, 200, reading=150)

    assert units([before, after])[-3:] == [100, None, 200]


def test_a_months_own_bill_counts_before_a_share_of_another() -> None:
    own = bill(2026, 8, 80, date(2026, 7, 9), date(2026, 8, 8))
    two = bill(2026, 9, 620, date(2026, 7, 9), date(2026, 9, 8))

    assert units([two, own])[-2:] == [80, 310]


def test_the_same_month_of_last_year_is_known_where_it_was_billed() -> None:
    year = consumption([bill(2026, 11, 150), bill(2025, 11, 130)])
    alone = consumption([bill(2026, 11, 150)])

    assert year is not None
    assert year.year_ago == MonthUnits(Month(2025, 11), 130)
    assert alone is not None
    assert alone.year_ago is None


@given(
    used=st.integers(0, 1_000_000),
    since=st.dates(date(2025, 12, 1), date(2026, 10, 1)),
)
def test_spread_units_are_neither_lost_nor_doubled(used: int, since: date) -> None:
    long = bill(2026, 11, used, since, date(2026, 11, 8))

    year = consumption([long])

    assert year is not None
    assert sum(it.units or 0 for it in year.months) == used
    assert len(year.months) == YEAR
