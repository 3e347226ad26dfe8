"""Read one cell of a file: text in, a checked value out, or why not.

A billing file repeats itself: few dates, few charges, few offices. So each column remembers what it
has read, and most cells cost one look into a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from datetime import date
from typing import Generic, TypeVar

from models.k_number import LENGTH as K_NUMBER_LENGTH
from models.message import Phone
from models.money import PAISE_PER_RUPEE
from models.records import IsoDate

T = TypeVar("T")

REMEMBERED = 20_000  # cells a column keeps: bounds the memory
LONGEST_TEXT = 500
MOST_DIGITS = 14  # of an amount, its decimals included
SHOWN = 40  # characters of a bad cell that a reason repeats
WATTS_PER_KW = 1000
LARGEST_INT = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2199

_RUPEES = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,2}))?")
_INTEGER = re.compile(r"(-?)([0-9]{1,10})(?:\.0+)?")
_KILOWATTS = re.compile(r"(-?)([0-9]{1,9})(?:\.([0-9]{1,3})0*)?")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_INDIAN_DATE = re.compile(r"([0-9]{2})([-/])([0-9]{2})\2([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_SPREADSHEET = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[eE]\+[0-9]+")
_MOBILE = re.compile(r"(?:\+?91|0)?([6-9][0-9]{9})")
_NO_MOBILE = re.compile(r"0*")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_PINCODE = re.compile(r"[1-9][0-9]{5}")
_BLOCK_HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")


class BadCell(Exception):
    """A cell that cannot be taken; the message goes on from `due_date "31-02-2026" …`."""


class Column(dict[str, T], Generic[T]):
    """What the cells of one column mean, by their text; raises `BadCell`."""

    __slots__ = ("_keep", "_read")

    def __init__(self, read: Callable[[str], T], *, keep: bool = True) -> None:
        super().__init__()
        self._read = read
        self._keep = REMEMBERED if keep else 0

    def __missing__(self, cell: str) -> T:
        value = self._read(cell.strip())
        if len(self) < self._keep:
            self[cell] = value
        return value


def read_text(cell: str) -> str:
    """Text on one line; odd white space becomes a space."""
    if not cell.isprintable():
        cell = " ".join(cell.split())
    if len(cell) > LONGEST_TEXT:
        raise BadCell(f"is longer than {LONGEST_TEXT} characters")
    return cell


def read_name(cell: str) -> str:
    """Text that must be there."""
    if not cell:
        raise BadCell("is empty")
    return read_text(cell)


def read_code(cell: str) -> str:
    """A code or number kept as text; may be empty, but not mangled by a spreadsheet."""
    if "+" in cell:
        _refuse_spreadsheet(cell)
    return read_text(cell)


def read_key(cell: str) -> str:
    """A code that must be there."""
    if cell.isalnum() and len(cell) <= LONGEST_TEXT:
        return cell  # as nearly all are
    return read_code(read_name(cell))


def read_k_number(cell: str) -> int:
    """Twelve digits."""
    if len(cell) == K_NUMBER_LENGTH and cell.isascii() and cell.isdigit():
        return int(cell)
    if not cell:
        raise BadCell("is empty")
    _refuse_spreadsheet(cell)
    if cell.isascii() and cell.isdigit():
        raise BadCell(f"has {len(cell)} digits where a K-number has {K_NUMBER_LENGTH}")
    raise BadCell(f"is not a K-number of {K_NUMBER_LENGTH} digits")


def read_paise(cell: str) -> int:
    """Rupees of a part of a bill; an empty cell is nothing."""
    return read_amount(cell) if cell else 0


def read_credit(cell: str) -> int:
    """Rupees that may be negative; an empty cell is nothing."""
    return _rupees(cell) if cell else 0


def read_amount(cell: str) -> int:
    """Rupees that must be there and not negative."""
    paise = read_balance(cell)
    if paise < 0:
        raise BadCell("is negative")
    return paise


def read_balance(cell: str) -> int:
    """Rupees that must be there; negative where the company owes."""
    if not cell:
        raise BadCell("is empty")
    return _rupees(cell)


def _rupees(cell: str) -> int:
    if cell[-3:-2] == "." and cell.isascii():
        digits = cell[:-3] + cell[-2:]
        if digits.isdigit() and 2 < len(digits) <= MOST_DIGITS:  # noqa: PLR2004 -- the decimals
            return int(digits)  # as nearly all are written
    found = _RUPEES.fullmatch(cell)
    if found is None:
        _refuse_spreadsheet(cell)
        raise BadCell("is not an amount in rupees like 1240 or 842.50")
    sign, whole, part = found.groups()
    paise = int(whole) * PAISE_PER_RUPEE
    if part:
        paise += int(part) if len(part) > 1 else int(part) * 10
    return -paise if sign else paise


def read_count(cell: str) -> int:
    """A whole number, not negative: a reading, units."""
    if not cell:
        raise BadCell("is empty")
    found = _INTEGER.fullmatch(cell)
    if found is None:
        _refuse_spreadsheet(cell)
        raise BadCell("is not a whole number")
    number = int(found[2])
    if found[1] and number:
        raise BadCell("is negative")
    if number > LARGEST_INT:
        raise BadCell("is too large")
    return number


def read_watts(cell: str) -> int:
    """Kilowatts, as watts."""
    if not cell:
        raise BadCell("is empty")
    found = _KILOWATTS.fullmatch(cell)
    if found is None:
        _refuse_spreadsheet(cell)
        raise BadCell("is not a load in kW like 5 or 7.5")
    watts = int(found[2]) * WATTS_PER_KW + int((found[3] or "").ljust(3, "0"))
    if found[1] and watts:
        raise BadCell("is negative")
    if watts > LARGEST_INT:
        raise BadCell("is too large")
    return watts


def read_date(cell: str) -> IsoDate:
    """A date as `2026-12-05`, `05-12-2026` or `05/12/2026`."""
    if not cell:
        raise BadCell("is empty")
    if found := _ISO_DATE.fullmatch(cell):
        year, month, day = found.groups()
    elif found := _INDIAN_DATE.fullmatch(cell):
        day, _, month, year = found.groups()
    else:
        raise BadCell("is not a date like 2026-12-05, 05-12-2026 or 05/12/2026")
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise BadCell("is not a date of our time")
    try:
        return IsoDate(date(int(year), int(month), int(day)).isoformat())
    except ValueError:
        raise BadCell("is not a day of the calendar") from None


def read_date_or_none(cell: str) -> IsoDate | None:
    """A date that may be missing."""
    return read_date(cell) if cell else None


def read_month(cell: str) -> int:
    """A month as `2026-11`, counted 202611."""
    found = _MONTH.fullmatch(cell)
    if found is None or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004 -- months of a year
        raise BadCell("is empty" if not cell else "is not a month like 2026-11")
    if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise BadCell("is not a month of our time")
    return int(found[1]) * 100 + int(found[2])


def read_mobile(cell: str) -> Phone | None:
    """An Indian mobile number, with or without 0, 91 or +91; empty or all zeros is none."""
    digits = cell.replace(" ", "").replace("-", "")
    if _NO_MOBILE.fullmatch(digits):
        return None
    if found := _MOBILE.fullmatch(digits):
        return Phone("+91" + found[1])
    _refuse_spreadsheet(cell)
    raise BadCell("is not a mobile number of 10 digits")


def read_email(cell: str) -> str:
    """An e-mail address; what is none is left out, for a bill must not fail over it."""
    return cell if len(cell) <= LONGEST_TEXT and _EMAIL.fullmatch(cell) else ""


def read_pincode(cell: str) -> str:
    """Six digits; what is no pincode is left out."""
    return cell if _PINCODE.fullmatch(cell) else ""


def read_list(cell: str) -> str:
    """Names or codes separated by `;`, without empty ones."""
    return ";".join(part for part in map(str.strip, read_code(cell).split(";")) if part)


def read_block_hours(cell: str) -> str:
    """Hours of block supply, as `22:00-05:00;13:00-16:00`; may be empty."""
    hours = read_list(cell)
    if not all(_BLOCK_HOURS.fullmatch(part) for part in hours.split(";") if part):
        raise BadCell("is not a list of hours like 22:00-05:00;13:00-16:00")
    return hours


def one_of(*allowed: str) -> Callable[[str], str]:
    """A word out of a few; upper and lower case are alike."""
    by_folded = {word.casefold(): word for word in allowed}

    def read(cell: str) -> str:
        word = by_folded.get(cell.casefold())
        if word is None:
            raise BadCell(f"is not one of {', '.join(sorted(allowed))}" if cell else "is empty")
        return word

    return read


def read_phase(cell: str) -> int:
    """One phase or three."""
    if cell in {"1", "3"}:
        return int(cell)
    raise BadCell("is empty" if not cell else "is neither 1 nor 3")


def known(codes: Container[str], what: str) -> Callable[[str], str]:
    """A code that must be among those we know; `what` is its noun, "office"."""

    def read(cell: str) -> str:
        code = read_key(cell)
        if code not in codes:
            raise BadCell(f"is no {what} we know")
        return code

    return read


def shown(cell: str) -> str:
    """A cell as a reason repeats it."""
    cell = " ".join(cell.split())
    return f'"{cell}"' if len(cell) <= SHOWN else f'"{cell[:SHOWN]}…"'


def _refuse_spreadsheet(cell: str) -> None:
    if _SPREADSHEET.fullmatch(cell):
        raise BadCell("was shortened by a spreadsheet: format the column as text and export again")
