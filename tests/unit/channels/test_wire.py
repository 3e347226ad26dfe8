"""What providers' answers have in common."""

import pytest

from channels.wire import read_json, seconds


@pytest.mark.parametrize(
    ("header", "wait"),
    [("3", 3.0), ("0.5", 0.5), ("99999", 3600.0), ("-1", None), ("", None), (None, None)],
)
def test_a_wait_is_read_from_its_header(header: str | None, wait: float | None) -> None:
    assert seconds(header) == wait


@pytest.mark.parametrize("header", ["Wed, 21 Oct 2026 07:28:00 GMT", "nan", "soon"])
def test_a_wait_that_is_no_number_is_none(header: str) -> None:
    assert seconds(header) is None


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 5000])
def test_what_is_no_json_says_so(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- any of its kinds
        read_json(body)
