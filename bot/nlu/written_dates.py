"""Dates and months by their name or in figures: 15/8/2026, 5 dec, Aug 2026, अगस्त का."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from bot.nlu.day_words import (
    DAY_ENDINGS,
    LAST,
    OF,
    THIS,
    date_of,
    day_of,
    today_in_india,
    worded_day,
    year_of,
)
from bot.nlu.found import Found, Ground
from bot.nlu.tenses import is_past
from bot.nlu.tokens import Token

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvari janwari janvary जनवरी जन",
            "feb february farvari farwari fervari febuary फरवरी फ़रवरी",
            "mar march marach मार्च",
            "apr april aprail aprel अप्रैल अप्रेल",
            "may mai मई",
            "jun june joon जून",
            "jul july julai julaai जुलाई",
            "aug august agast agst अगस्त",
            "sep sept september sitambar sitamber सितंबर सितम्बर",
            "oct october aktubar aktoober oktobar अक्टूबर अक्तूबर",
            "nov november navambar navamber नवंबर नवम्बर",
            "dec december disambar disamber दिसंबर दिसम्बर",
        ),
        1,
    )
    for name in names.split()
}
_ALSO_WORDS = frozenset(("mar", "may", "mai", "जन", "jun", "sep"))  # need company to be a month
_OF_MAI = frozenset("ka ki ke mahine month mah".split())  # "mai bill bharunga": I
_IN = frozenset("in of for month last this since mah maah माह".split())

_FIGURES = re.compile(
    r"(?<![0-9./-])([0-3]?[0-9])[/.-]([01]?[0-9])[/.-](20[0-9]{2}|[0-9]{2})(?![0-9./-]*[0-9])"
)
_MONTH_FIGURES = re.compile(r"(?<![0-9./-])(0?[1-9]|1[0-2])[/-](20[0-9]{2})(?![0-9]|[./-][0-9])")
_ISO = re.compile(r"(?<![0-9/-])(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9-])")
_YEAR_WORDS = frozenset("saal sal year varsh साल वर्ष".split())
_ON_IT = frozenset("ko tak se को तक से".split())  # "दो दिसंबर को", not "bill do december ka"
_APOSTROPHES = frozenset(("'", "’", "‘", "`"))


def find_written_dates(text: str, ground: Ground) -> None:
    """Claim dates and months in figures (15/8/2026, 08/2026) before others take their digits."""
    for pattern, order in ((_ISO, (3, 2, 1)), (_FIGURES, (1, 2, 3))):
        for match in pattern.finditer(text):
            day, month, year = (int(match[i]) for i in order)
            value = date_of(year if year >= 100 else 2000 + year, month, day)
            if value is not None and ground.is_free(*match.span()):
                ground.claim(Found("date", value.isoformat(), *match.span(), replaces=True))
    for match in _MONTH_FIGURES.finditer(text):
        if ground.is_free(*match.span()):
            named = f"{match[2]}-{int(match[1]):02}"
            ground.claim(Found("month", named, *match.span(), replaces=True))


def find_named_months(text: str, tokens: Sequence[Token], now: datetime, ground: Ground) -> None:
    """Claim months and dates that name their month: Aug 2026, 5 dec, अगस्त का."""
    for place, token in enumerate(tokens):
        month = _MONTHS.get(token.text)
        if month is None or not ground.is_free(token.start, token.end):
            continue
        named = _Named(tokens, place, month, text)
        found = named.as_date(today_in_india(now)) or named.as_month(today_in_india(now))
        if found is not None and ground.is_free(found.start, found.end):
            ground.claim(found)


class _Named:
    """The name of a month, and the day and year beside it."""

    def __init__(self, tokens: Sequence[Token], place: int, month: int, text: str) -> None:
        self._tokens = tokens
        self._place = place
        self._month = month
        self._name = tokens[place]
        self._before = self._token(place - 1)
        self._after = self._token(place + 1)
        if self._before is not None and self._before.text in DAY_ENDINGS:
            self._before = self._token(place - 2)
        self._second_after = self._token(place + 2)
        self._is_short_year = (  # Aug'26
            self._after is not None
            and len(self._after.text) == 2
            and self._after.text.isdecimal()
            and text[self._name.end : self._after.start] in _APOSTROPHES
        )

    def as_date(self, today: date) -> Found | None:
        """5 dec, 5th of december 2026, dec 5; None without a day."""
        if self._is_short_year:
            return None
        day, first, last, year_token = day_of(self._before), self._before, self._name, self._after
        if day is None and self._after is not None and self._after.text in _ON_IT:
            day = worded_day(self._before)
        if day is None:
            day, first, last = day_of(self._after), self._name, self._after or self._name
            year_token = self._second_after
        if day is None or first is None:
            return None
        year = year_of(year_token)
        value = date_of(year or today.year, self._month, day)
        if value is not None and year is None:
            value = _nearest_year(value, today, past=is_past(self._tokens, self._place))
        if value is None:
            return None
        end = year_token.end if year is not None and year_token is not None else last.end
        return Found("date", value.isoformat(), first.start, end, replaces=True)

    def as_month(self, today: date) -> Found | None:
        """Aug 2026, अगस्त का: without a year the last such month that has begun."""
        year, start, end = self._year_beside(today)
        if year is None and self._name.text in _ALSO_WORDS and not self._is_meant():
            return None
        if year is None:
            year = today.year if self._month <= today.month else today.year - 1
        value = f"{year:04}-{self._month:02}"
        return Found("month", value, start, end, replaces=True)

    def _year_beside(self, today: date) -> tuple[int | None, int, int]:
        """The year of the month, in figures or as last year, and where both stand."""
        start, end = self._name.start, self._name.end
        if self._after is not None and (self._is_short_year or year_of(self._after)):
            return 2000 + int(self._after.text) % 1000, start, self._after.end
        for first, last in ((-2, -1), (1, 2)):
            side, word = self._token(self._place + first), self._token(self._place + last)
            if side is not None and word is not None and word.text in _YEAR_WORDS:
                back = 1 if side.text in LAST else 0 if side.text in THIS else None
                if back is not None:
                    return today.year - back, min(start, side.start), max(end, word.end)
        return None, start, end

    def _is_meant(self) -> bool:
        """Whether "may" or "mar" is a month here."""
        follows = _OF_MAI if self._name.text == "mai" else OF
        return (self._after is not None and self._after.text in follows) or (
            self._before is not None and self._before.text in _IN
        )

    def _token(self, place: int) -> Token | None:
        return self._tokens[place] if 0 <= place < len(self._tokens) else None


def _nearest_year(value: date, today: date, *, past: bool) -> date | None:
    """A day and month without a year: the coming one, or in the past tense the last one."""
    if past and value > today:
        return date_of(value.year - 1, value.month, value.day)
    if not past and (today - value).days > 180:
        return date_of(value.year + 1, value.month, value.day)
    return value
