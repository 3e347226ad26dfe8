"""The words of days and months, and what the calendar says of them."""

from datetime import date, datetime, timedelta, timezone

from bot.nlu.number_words import number_word
from bot.nlu.tokens import Token

IST = timezone(timedelta(hours=5, minutes=30))

OF = frozenset("ka ki ke me mein mahine month bill का की के में महीने माह बिल".split())
LAST = frozenset(
    (
        "last previous prev pichle pichla pichhle pichhla pichli pichhli pehle gaye gujre guzre "
        "beete bite gayodo gayoda पिछले पिछला पिछली गत विगत पहले गए बीते गुजरे गयोडो गयोडा"
    ).split()
)
THIS = frozenset("this is iss current chalu इस चालू".split())
DAY_ENDINGS = frozenset(("st", "nd", "rd", "th"))
FIRSTS = dict.fromkeys(("pehli", "pahli", "phli", "pahali", "पहली"), 1)
YEARS = range(2000, 2100)


def today_in_india(now: datetime) -> date:
    """The day in India; a time without a zone is taken for Indian time."""
    return (now if now.tzinfo is None else now.astimezone(IST)).date()


def year_of(token: Token | None) -> int | None:
    """The year that four figures say."""
    if token is None or len(token.text) != 4 or not token.text.isdecimal():
        return None
    year = int(token.text)
    return year if year in YEARS else None


def day_of(token: Token | None) -> int | None:
    """The day of a month that one or two figures say."""
    if token is None or len(token.text) > 2 or not token.text.isdecimal():
        return None
    day = int(token.text)
    return day if 1 <= day <= 31 else None


def worded_day(token: Token | None) -> int | None:
    """The day of a month that a word says: pehli, पांच."""
    if token is None:
        return None
    day = FIRSTS.get(token.text) or (number_word(token.text) or 0) // 100
    return day if 1 <= day <= 31 else None


def date_of(year: int, month: int, day: int) -> date | None:
    """The date; None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
