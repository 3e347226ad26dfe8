"""Counting SMS as operators do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.segments import Segments, segments


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("Rs.100", "GSM-7", 6, 1),
        ("₹100", "UCS-2", 4, 1),
        ("न" * 70, "UCS-2", 70, 1),
        ("न" * 71, "UCS-2", 71, 2),
        ("न" * 134, "UCS-2", 134, 2),
        ("न" * 135, "UCS-2", 135, 3),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 36, "UCS-2", 72, 2),
        ("न" * 66 + "😀" + "न" * 66, "UCS-2", 134, 3),
    ],
)
def test_a_text_is_counted(text: str, encoding: str, units: int, parts: int) -> None:
    counted = segments(text)

    assert (counted.encoding, counted.units, counted.parts) == (encoding, units, parts)


@pytest.mark.parametrize("letter", ["’", "`", "–", "ê", "₹", "क"])
def test_one_letter_outside_the_alphabet_changes_the_whole_text(letter: str) -> None:
    assert segments("a" * 80 + letter) == Segments("UCS-2", 81, 2)


@given(st.text(max_size=400), st.text(max_size=5))
def test_a_longer_text_is_never_cheaper(text: str, more: str) -> None:
    assert segments(text + more).parts >= segments(text).parts
