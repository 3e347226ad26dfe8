"""Days and months as seen from now: kal, परसों, 15 tarikh, next monday, pichle mahine."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.nlu.day_words import (
    DAY_ENDINGS,
    LAST,
    OF,
    THIS,
    date_of,
    day_of,
    today_in_india,
    worded_day,
)
from bot.nlu.found import Found, Ground
from bot.nlu.number_words import number_word
from bot.nlu.tenses import is_past
from bot.nlu.tokens import Token

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday somvar somwar सोमवार",
            "tuesday mangalvar mangalwar मंगलवार मंगल",
            "wednesday budhvar budhwar बुधवार",
            "thursday guruvar guruwar veervar गुरुवार गुरूवार बृहस्पतिवार",
            "friday shukravar shukrawar शुक्रवार",
            "saturday shanivar shaniwar शनिवार",
            "sunday ravivar raviwar itvar itwar रविवार इतवार",
        )
    )
    for name in names.split()
}
_DAYS = {
    **dict.fromkeys(("today", "aaj", "aj", "aaj", "आज"), 0),
    **dict.fromkeys(("tomorrow", "tomorow", "tmrw", "tommorow"), 1),
    **dict.fromkeys(("yesterday", "yesterdy", "ystrday"), -1),
}
_TODAY = frozenset(("aaj", "aj", "आज"))
_NOWADAYS = frozenset(("kal", "kl", "कल"))  # after aaj: these days
_BEYOND = frozenset((("after", "day"), ("before", "day")))  # the day before yesterday
# Tomorrow or yesterday, two or three days hence or ago: the tense tells.
_EITHER = {
    **dict.fromkeys(("kal", "kl", "kaal", "kall", "कल", "काल"), 1),
    **dict.fromkeys(("narso", "narson", "tarso", "tarson", "नरसों", "नरसो", "तरसों", "तरसो"), 3),
    **dict.fromkeys(("parso", "parson", "prso", "parsu", "paraso", "परसों", "परसो"), 2),
}
_NEXT = frozenset("next agle agla agli aane अगले अगला अगली आने".split())
_MONTH_WORDS = frozenset(
    "month months mahine mahina mahino mah maah mhine mhina mahene महीने महीना माह".split()
)
_AGO = frozenset("ago back pehle pahle phle pehla पहले पूर्व".split())
_BEFORE_IT = frozenset(("to", "se", "ke", "से", "के"))  # last to last, pichle se pichle
_MOST = 31  # months or days that anybody counts
_WEEK = 7
_DAY_WORDS = frozenset(
    "tarikh tareekh tarik taarikh tithi date st nd rd th तारीख तारिख तिथि".split()
)
_UP_TO = frozenset("ko tak se pe par को तक से पर tarik by date".split()) | _DAY_WORDS
_ON = frozenset(("on", "by", "till", "before", "after", "until", "from"))
_DAYS_AWAY = frozenset("din dino dinon day days roj दिन दिनों".split())
_WEEKS_AWAY = frozenset("hafte hafta haftey week weeks saptah हफ्ते हफ्ता सप्ताह".split())
_LATER = frozenset("baad bad later baadh hence बाद".split())


def find_spoken_days(tokens: Sequence[Token], now: datetime, ground: Ground) -> None:
    """Claim days and months as seen from now: kal, 15 tarikh, next monday, pichle mahine."""
    today = today_in_india(now)
    for place, token in enumerate(tokens):
        word = token.text
        if word in _MONTH_WORDS and place:
            _claim_month(tokens, place, today, ground)
            continue
        spoken = _spoken_day(tokens, place, today)
        if spoken is None:
            continue
        day, start, end = spoken
        if ground.is_free(start, end):
            ground.claim(Found("date", day.isoformat(), start, end, replaces=False))


class _Span(NamedTuple):
    """A day, and where its words begin and end."""

    day: date
    start: int
    end: int


def _spoken_day(tokens: Sequence[Token], place: int, today: date) -> _Span | None:
    """The day that the word at `place` names, with the words beside it."""
    token = tokens[place]
    word = token.text
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if word in _DAYS:
        return _plain_day(tokens, place, today)
    if word in _EITHER:
        if before is not None and before.text in _TODAY:
            return None  # aaj kal: these days
        days = -_EITHER[word] if is_past(tokens, place) else _EITHER[word]
        return _Span(today + timedelta(days=days), token.start, token.end)
    if word in _WEEKDAYS:
        day = _weekday(_WEEKDAYS[word], before, today, past=is_past(tokens, place))
        with_before = before is not None and before.text in LAST | _NEXT | THIS
        start = before.start if before is not None and with_before else token.start
        return _Span(day, start, token.end)
    if before is None:
        return None
    if word in _DAY_WORDS:
        return _numbered_day(tokens, place, before, today)
    if after is not None and (word in _DAYS_AWAY or word in _WEEKS_AWAY):
        return _day_away(before, token, after, today)
    return None


def _plain_day(tokens: Sequence[Token], place: int, today: date) -> _Span | None:
    """Today, tomorrow, or the day after it."""
    token, days = tokens[place], _DAYS[tokens[place].text]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and (_is_glued(token, after) or after.text in _NOWADAYS):
        return None
    first = token
    if days and place > 1 and (tokens[place - 1].text, tokens[place - 2].text) in _BEYOND:
        days, first = 2 * days, tokens[place - 2]
    return _Span(today + timedelta(days=days), first.start, token.end)


def _numbered_day(tokens: Sequence[Token], place: int, before: Token, today: date) -> _Span | None:
    """15 tarikh, pehli tarikh; 2nd only where a day is meant."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    number = day_of(before) or _worded_day(before, after)
    if number is None or (token.text in DAY_ENDINGS and not _is_day(tokens, place)):
        return None
    day = _day_of_month(number, today, past=is_past(tokens, place))
    return None if day is None else _Span(day, before.start, token.end)


def _day_away(before: Token, token: Token, after: Token, today: date) -> _Span | None:
    """5 din baad, do hafte pehle."""
    count = _count(before.text)
    if count is None or after.text not in _LATER | _AGO:
        return None
    days = count * (_WEEK if token.text in _WEEKS_AWAY else 1)
    day = today + timedelta(days=days if after.text in _LATER else -days)
    return _Span(day, before.start, after.end)


def _is_glued(token: Token, after: Token) -> bool:
    """Whether it is the beginning of some code: AJ1234567."""
    return after.start == token.end and after.text.isdecimal()


def _is_day(tokens: Sequence[Token], place: int) -> bool:
    """Whether "2nd" is a day, and not a place in a list or a floor."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    on = tokens[place - 2] if place > 1 else None
    return (after is not None and after.text in _UP_TO) or (on is not None and on.text in _ON)


def _claim_month(tokens: Sequence[Token], place: int, today: date, ground: Ground) -> None:
    """Claim a month counted from this one: pichle mahine, last to last month, 2 months ago."""
    first, last = tokens[place - 1], tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and after.text in _AGO and (count := _count(first.text)) is not None:
        shift, last = -count, after
    elif first.text in LAST:
        shift = -1
        if place > 2 and tokens[place - 2].text in _BEFORE_IT and tokens[place - 3].text in LAST:
            shift, first = -2, tokens[place - 3]
    elif first.text in _NEXT:
        shift = 1
    elif first.text in THIS:
        shift = 0
    else:
        return
    if not ground.is_free(first.start, last.end):
        return
    months = today.year * 12 + today.month - 1 + shift
    year, month = months // 12, months % 12 + 1
    day = _day_in_month(tokens, place + 1) if last is tokens[place] else None
    if day is not None:
        number, end = day
        value = date_of(year, month, number)
        if value is not None and ground.is_free(first.start, end):
            ground.claim(Found("date", value.isoformat(), first.start, end, replaces=False))
            return
    ground.claim(Found("month", f"{year:04}-{month:02}", first.start, last.end, replaces=False))


def _day_in_month(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """The day after "is mahine ki", and where its words end: 5 tarikh, 5 ko, 5."""
    if place + 1 >= len(tokens) or tokens[place].text not in OF:
        return None
    number, after = tokens[place + 1], tokens[place + 2] if place + 2 < len(tokens) else None
    day = day_of(number) or _worded_day(number, after)
    if day is None or (after is not None and after.text not in _UP_TO):
        return None
    if after is not None and after.text in _DAY_WORDS:
        return day, after.end
    return (day, number.end) if number.text.isdecimal() else None


def _count(word: str) -> int | None:
    """How many months, weeks or days a word or figure says; None above 31."""
    count = int(word) if word.isdecimal() and len(word) < 3 else (number_word(word) or 0) // 100
    return count if 1 <= count <= _MOST else None


def _weekday(number: int, before: Token | None, today: date, *, past: bool) -> date:
    ahead = (number - today.weekday()) % 7
    if before is not None and before.text in _NEXT:
        return today + timedelta(days=ahead or 7)
    if past or (before is not None and before.text in LAST):
        return today - timedelta(days=(7 - ahead) % 7 or 7)
    return today + timedelta(days=ahead)


def _day_of_month(day: int, today: date, *, past: bool) -> date | None:
    """A day by its number alone: the next that comes, in the past tense the last that was."""
    month, year = today.month, today.year
    for _ in range(12):
        value = date_of(year, month, day)
        if value is not None and (value <= today if past else value >= today):
            return value
        month += -1 if past else 1
        if not 1 <= month <= 12:
            year, month = (year - 1, 12) if past else (year + 1, 1)
    return None


def _worded_day(token: Token, after: Token | None) -> int | None:
    """A day in words, where it is said what happens on it: "do tarikh ko", not "do tarikh"."""
    return worded_day(token) if after is not None and after.text in _UP_TO else None
