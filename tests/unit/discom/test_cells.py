"""How a cell of a file is read, and what is said of one that cannot be."""

from collections.abc import Callable

import pytest

from discom import cells
from discom.cells import BadCell, Column


@pytest.mark.parametrize("cell", ["2026-12-05", "05-12-2026", "05/12/2026"])
def test_a_date_comes_in_three_forms(cell: str) -> None:
    assert cells.read_date(cell) == "2026-12-05"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "is empty"),
        ("31-02-2026", "is not a day of the calendar"),
        ("5 Dec 2026", "is not a date like"),
        ("05-12/2026", "is not a date like"),
        ("0005-12-01", "is not a date of our time"),
        ("२०२६-१२-०५", "is not a date like"),
    ],
)
def test_a_date_that_is_none_says_why(cell: str, reason: str) -> None:
    with pytest.raises(BadCell, match=reason):
        cells.read_date(cell)


def test_a_month_is_year_and_month() -> None:
    assert cells.read_month("2026-11") == 202611


@pytest.mark.parametrize("cell", ["", "2026-13", "2026-00", "11-2026", "202611", "Nov 2026"])
def test_a_month_that_is_none_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        cells.read_month(cell)


@pytest.mark.parametrize(
    ("cell", "paise"),
    [
        ("1240", 124_000),
        ("842.50", 84_250),
        ("842.5", 84_250),
        ("0.07", 7),
        ("0", 0),
        ("0.00", 0),
        ("999999999999.99", 99_999_999_999_999),
    ],
)
def test_rupees_become_paise(cell: str, paise: int) -> None:
    assert cells.read_amount(cell) == paise
    assert cells.read_balance(cell) == paise
    assert cells.read_balance(f"-{cell}") == -paise


@pytest.mark.parametrize(
    "cell",
    ["", "1,240", "12.345", "₹12", ".50", "12.", "1e3", "abc", "+5", "1 240", "--5", "1.40123E+11",
     "5-.00", "१२.००", "99999999999999.99"],
)  # fmt: skip
def test_what_is_no_sum_of_rupees_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        cells.read_amount(cell)


def test_only_a_balance_or_credit_may_be_negative() -> None:
    assert cells.read_balance("-250.00") == -25_000
    assert cells.read_credit("-250") == -25_000
    for read in (cells.read_amount, cells.read_paise):
        with pytest.raises(BadCell, match="is negative"):
            read("-250.00")
    assert cells.read_paise("-0.00") == 0


def test_an_empty_part_is_nothing_and_an_empty_amount_is_refused() -> None:
    assert cells.read_paise("") == cells.read_credit("") == 0
    with pytest.raises(BadCell, match="is empty"):
        cells.read_amount("")


@pytest.mark.parametrize(
    "cell",
    ["9829012345", "09829012345", "919829012345", "+919829012345", "98290 12345", "98290-12345"],
)
def test_a_mobile_comes_with_or_without_its_prefixes(cell: str) -> None:
    assert cells.read_mobile(cell) == "+919829012345"


@pytest.mark.parametrize("cell", ["", "0", "0000000000"])
def test_a_mobile_may_be_missing(cell: str) -> None:
    assert cells.read_mobile(cell) is None


@pytest.mark.parametrize("cell", ["982901234", "1234567890", "0141-2700000", "9.19829E+11", "none"])
def test_what_is_no_mobile_is_refused(cell: str) -> None:
    with pytest.raises(BadCell):
        cells.read_mobile(cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("90101000012", "has 11 digits where a K-number has 12"),
        ("9010100001234", "has 13 digits"),
        ("1.40123E+11", "was shortened by a spreadsheet"),
        ("9010-1000-0123", "is not a K-number"),
        ("९०१०१००००१२३", "is not a K-number"),
        ("", "is empty"),
    ],
)
def test_a_k_number_has_twelve_digits(cell: str, reason: str) -> None:
    with pytest.raises(BadCell, match=reason):
        cells.read_k_number(cell)


def test_a_k_number_may_begin_with_nought() -> None:
    assert cells.read_k_number("014012345678") == 14_012_345_678


@pytest.mark.parametrize("read", [cells.read_key, cells.read_code])
def test_no_code_may_have_been_shortened_by_a_spreadsheet(read: Callable[[str], str]) -> None:
    assert read("AJC-101") == "AJC-101"
    assert read("12E5") == "12E5"
    with pytest.raises(BadCell, match="was shortened by a spreadsheet"):
        read("1.40123E+11")


def test_a_load_is_kilowatts() -> None:
    assert cells.read_watts("7.5") == 7_500
    assert cells.read_watts("0.746") == 746
    assert cells.read_watts("5.0000") == 5_000
    with pytest.raises(BadCell):
        cells.read_watts("5 kW")
    with pytest.raises(BadCell, match="is negative"):
        cells.read_watts("-5")


def test_a_reading_is_a_whole_number() -> None:
    assert cells.read_count("4521") == cells.read_count("4521.00") == 4_521
    for cell in ("", "45.5", "-1", "abc", "99999999999", "4000000000"):
        with pytest.raises(BadCell):
            cells.read_count(cell)


def test_a_contact_that_is_none_is_left_out() -> None:
    assert cells.read_email("ram@example.in") == "ram@example.in"
    assert cells.read_email("NA") == cells.read_email("a@b") == ""
    assert cells.read_pincode("305001") == "305001"
    assert cells.read_pincode("0") == cells.read_pincode("30500") == ""


def test_text_stays_on_one_line_and_keeps_its_devanagari() -> None:
    assert cells.read_text("12 Gali\r\nStation  Road") == "12 Gali Station Road"
    assert cells.read_text("श्री राम") == "श्री राम"
    with pytest.raises(BadCell, match="longer than"):
        cells.read_text("x" * 501)


def test_lists_lose_their_empty_parts() -> None:
    assert cells.read_list(" F1 ;; F2;") == "F1;F2"
    assert cells.read_block_hours("22:00-05:00; 13:00-16:00") == "22:00-05:00;13:00-16:00"
    with pytest.raises(BadCell):
        cells.read_block_hours("22-5")


def test_a_word_out_of_a_few_is_read_in_any_case() -> None:
    read = cells.one_of("active", "closed", "")
    assert (read("Active"), read("CLOSED"), read("")) == ("active", "closed", "")
    with pytest.raises(BadCell, match="is not one of"):
        read("gone")


def test_a_column_remembers_what_it_has_read_and_not_too_much() -> None:
    asked: list[str] = []

    def read(cell: str) -> int:
        asked.append(cell)
        return int(cell)

    column = Column(read)

    assert [column[" 7 "], column[" 7 "], column["8"]] == [7, 7, 8]
    assert asked == ["7", "8"]
    for number in range(cells.REMEMBERED + 10):
        assert column[str(number)] == number
    assert len(column) == cells.REMEMBERED
