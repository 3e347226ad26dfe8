"""Dates, months and clock times in the words of one language, always in Indian time."""

from __future__ import annotations

from datetime import date, datetime, time

from models.bill import IST
from models.words import Month
from voice.sentences import Sentences

PARTS = (4, 12, 16, 20, 24)  # the hours at which night, morning, midday, evening and night end
HALF_DAY = 12
NOON, MIDNIGHT = time(12), time(0)


class Calendar:
    """How one language writes dates and tells the time, from its `date.ftl`."""

    def __init__(self, sentences: Sentences) -> None:
        self._words = sentences.words
        self._months = sentences.words("date-months", {}).split()
        self._parts = sentences.words("date-parts", {}).split()

    def day(self, value: date) -> str:
        """`5 Dec 2026`, `5 दिसंबर 2026`."""
        return f"{value.day} {self._months[value.month - 1]} {value.year}"

    def month(self, value: Month) -> str:
        """`Dec 2026`, `दिसंबर 2026`."""
        return f"{self._months[value.month - 1]} {value.year}"

    def moment(self, value: datetime) -> str:
        """`5 Dec 2026, 6:40 pm`, `5 दिसंबर 2026, शाम 6:40 बजे`."""
        local = value.astimezone(IST)
        return f"{self.day(local)}, {self.clock(local.time())}"

    def clock(self, value: time) -> str:
        """A time of day in Indian time: `6:40 pm`, `शाम 6:40 बजे`, `shaam 6:40 baje`."""
        return self._words("date-clock", {"hour": self._hour(value)})

    def span(self, start: time, end: time) -> str:
        """From one time of a day to another: `10 am to 1:30 pm`."""
        return self._words("date-span", {"start": self._hour(start), "end": self._hour(end)})

    def _hour(self, value: time) -> str:
        """The hour on a twelve-hour clock, with its part of the day."""
        to_the_minute = value.replace(second=0, microsecond=0)
        if to_the_minute == NOON:
            return self._words("date-noon", {})
        if to_the_minute == MIDNIGHT:
            return self._words("date-midnight", {})
        hour = str(value.hour % HALF_DAY or HALF_DAY)
        digits = f"{hour}:{value.minute:02d}" if value.minute else hour
        part = next(
            name for name, ends in zip(self._parts, PARTS, strict=True) if value.hour < ends
        )
        return self._words("date-hour", {"digits": digits, "part": part})
