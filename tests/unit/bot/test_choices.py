"""What a person types is the option they were shown."""

import pytest

from bot.choices import chosen
from models.conversation import Offered
from tests.unit.bot.meanings import meaning

OFFERED = (Offered("bill_view:901010000123", "..0123 R*****"), Offered("bill_pay", "भुगतान करें"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", "bill_view:901010000123"),
        ("0123", "bill_view:901010000123"),
        ("0999", None),
        ("2", "bill_pay"),
        (" 2. ", "bill_pay"),
        ("2)", "bill_pay"),
        ("२", "bill_pay"),
        ("दूसरा", "bill_pay"),
        ("dusra", "bill_pay"),
        ("भुगतान करें", "bill_pay"),
        ("..0123 r*****", "bill_view:901010000123"),
        ("3", None),
        ("0", None),
        ("2 mahine ka bill", None),
        ("bill", None),
        ("", None),
    ],
)
def test_number_place_word_and_label_name_an_option(text: str, key: str | None) -> None:
    assert chosen(text, meaning(text), OFFERED) == key


def test_nothing_offered_nothing_chosen() -> None:
    assert chosen("1", meaning("1"), ()) is None
