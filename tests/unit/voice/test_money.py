"""Money in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import Money
from voice.money import grouped, rupees


@pytest.mark.parametrize(
    ("paise", "words"),
    [
        (0, "₹0"),
        (5, "₹0.05"),
        (842_50, "₹842.50"),
        (1_240_00, "₹1,240"),
        (99_999_00, "₹99,999"),
        (1_23_456_00, "₹1,23,456"),
        (12_34_56_789_10, "₹12,34,56,789.10"),
        (-40_00, "-₹40"),
        (-1_05, "-₹1.05"),
    ],
)
def test_sums_are_grouped_the_indian_way(paise: int, words: str) -> None:
    assert rupees(Money(paise), symbol="₹") == words


def test_an_english_sms_says_rs() -> None:
    assert rupees(Money(1_240_00), symbol="Rs.") == "Rs.1,240"


@given(st.integers(min_value=0, max_value=10**15))
def test_grouping_loses_no_digit(number: int) -> None:
    groups = grouped(number).split(",")

    assert "".join(groups) == str(number)
    assert all(len(pair) == 2 for pair in groups[1:-1])
    assert len(groups) == 1 or len(groups[-1]) == 3
