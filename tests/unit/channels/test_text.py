"""Cutting and dividing text by whole letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.text import cut, divide, readable, shorten, units

LETTERS = st.text(alphabet="नमस्तेक्षत्रिaé e\u0301😀👍🏽🇮🇳\u200d.।\n", max_size=60)


def test_units_count_an_emoji_twice() -> None:
    assert units("न😀a") == 4


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("नमस्ते", 3, "नम"),  # स्ते is one letter
        ("👍🏽a", 3, ""),
        ("a👩\u200d🌾", 4, "a"),
        ("🇮🇳🇮🇳", 5, "🇮🇳"),
        ("e\u0301e\u0301", 3, "e\u0301"),
        ("abc", 3, "abc"),
    ],
)
def test_no_letter_is_divided(text: str, limit: int, kept: str) -> None:
    end = cut(text, limit)

    # A letter that alone is longer than the limit is divided rather than lost.
    assert text[:end] == (kept or text[0])


def test_a_label_is_cut_with_an_ellipsis_on_one_line() -> None:
    assert shorten("Pay the whole\namount now", 12) == "Pay the who…"
    assert shorten("बिल देखें", 20) == "बिल देखें"


def test_a_text_is_divided_at_the_best_place() -> None:
    paragraphs = "One. Two.\n\nThree four. Five six."

    assert divide(paragraphs, 25) == ("One. Two.", "Three four. Five six.")
    assert divide("पहला वाक्य। दूसरा वाक्य।", 15) == ("पहला वाक्य।", "दूसरा वाक्य।")
    assert divide("word " * 5, 11) == ("word word", "word word", "word")


@given(LETTERS, st.integers(min_value=8, max_value=30))
def test_parts_fit_and_nothing_but_space_is_lost(text: str, limit: int) -> None:
    parts = divide(text, limit)

    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_what_no_database_takes_is_made_readable() -> None:
    assert readable("a\0b\ud800c\ud83d\ude00") == "ab\ufffdc😀"
    assert readable("बिल ₹") == "बिल ₹"
