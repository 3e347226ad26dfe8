"""Dates and clock times in words."""

from datetime import UTC, date, datetime, time

import pytest

from models.message import ENGLISH, HINDI, HINGLISH, Tag
from models.words import Month
from voice.dates import Calendar
from voice.sentences import Sentences
from voice.voice import LOCALES


def calendar(tag: Tag) -> Calendar:
    """The calendar of one language."""
    return Calendar(Sentences(LOCALES / tag))


@pytest.mark.parametrize(
    ("tag", "words"),
    [(ENGLISH, "5 Dec 2026"), (HINDI, "5 दिसंबर 2026"), (HINGLISH, "5 Dec 2026")],
)
def test_a_date(tag: Tag, words: str) -> None:
    assert calendar(tag).day(date(2026, 12, 5)) == words


def test_every_month_has_its_name() -> None:
    english = [calendar(ENGLISH).month(Month(2026, it)) for it in range(1, 13)]
    hindi = [calendar(HINDI).month(Month(2026, it)).split()[0] for it in range(1, 13)]

    assert english[0] == "Jan 2026"
    assert english[8] == "Sep 2026"
    assert hindi == ("जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर".split())


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        (ENGLISH, "5 Dec 2026, 6:40 pm"),
        (HINDI, "5 दिसंबर 2026, शाम 6:40 बजे"),
        (HINGLISH, "5 Dec 2026, shaam 6:40 baje"),
    ],
)
def test_a_moment_is_told_in_indian_time(tag: Tag, words: str) -> None:
    moment = datetime(2026, 12, 5, 13, 10, tzinfo=UTC)

    assert calendar(tag).moment(moment) == words


def test_late_in_the_evening_utc_is_the_next_day_in_india() -> None:
    assert calendar(ENGLISH).moment(datetime(2026, 12, 5, 18, 30, tzinfo=UTC)) == (
        "6 Dec 2026, 12 midnight"
    )


@pytest.mark.parametrize(
    ("at", "english", "hindi", "hinglish"),
    [
        (time(0), "12 midnight", "रात 12 बजे", "raat 12 baje"),
        (time(0, 15), "12:15 am", "रात 12:15 बजे", "raat 12:15 baje"),
        (time(3, 59), "3:59 am", "रात 3:59 बजे", "raat 3:59 baje"),
        (time(4), "4 am", "सुबह 4 बजे", "subah 4 baje"),
        (time(11, 59), "11:59 am", "सुबह 11:59 बजे", "subah 11:59 baje"),
        (time(12), "12 noon", "दोपहर 12 बजे", "dopahar 12 baje"),
        (time(12, 0, 30), "12 noon", "दोपहर 12 बजे", "dopahar 12 baje"),
        (time(12, 30), "12:30 pm", "दोपहर 12:30 बजे", "dopahar 12:30 baje"),
        (time(16), "4 pm", "शाम 4 बजे", "shaam 4 baje"),
        (time(19, 59), "7:59 pm", "शाम 7:59 बजे", "shaam 7:59 baje"),
        (time(20), "8 pm", "रात 8 बजे", "raat 8 baje"),
    ],
)
def test_the_clock(at: time, english: str, hindi: str, hinglish: str) -> None:
    told = [calendar(tag).clock(at) for tag in (ENGLISH, HINDI, HINGLISH)]

    assert told == [english, hindi, hinglish]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        (ENGLISH, "10 am to 1:30 pm"),
        (HINDI, "सुबह 10 बजे से दोपहर 1:30 बजे तक"),
        (HINGLISH, "subah 10 se dopahar 1:30 baje"),
    ],
)
def test_a_span_of_time(tag: Tag, words: str) -> None:
    assert calendar(tag).span(time(10), time(13, 30)) == words
