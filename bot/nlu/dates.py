"""Days and months: kal, परसों, 15 tarikh, next monday, pichle mahine, Aug 2026."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

from bot.nlu.found import Found, Ground
from bot.nlu.number_words import number_word
from bot.nlu.tokens import Token

IST = timezone(timedelta(hours=5, minutes=30))

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
_OF = frozenset("ka ki ke me mein mahine month bill का की के में महीने माह बिल".split())
_IN = frozenset("in of for month last this since mah maah माह".split())

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
# Tomorrow or yesterday, two days hence or ago: the tense tells.
_EITHER = {
    **dict.fromkeys(("kal", "kl", "kaal", "kall", "कल", "काल"), 1),
    **dict.fromkeys(("parso", "parson", "prso", "parsu", "paraso", "परसों", "परसो"), 2),
}
_PAST = frozenset(
    "tha thi the kiya kia kiye gaya gya gayi gyi gai gaye gye kata kate kati hua hui "
    "hue diya diye di bhara bhare bhari  "
    "aaya aya aayi aaye karaya karvaya karwaya bheja bheji chuka chuki chuke li liya "
    "paid did was had made done  "
    "se raat bharyo katyo katgyo gyo gayo karyo "
    "था थी थे किया किये किए गया गयी गई गए गये कटा कटे कटी हुआ हुई हुए दिया दिये दिए "
    "दी भरा भरे भरी आया आयी आई आए करवाया कराया  "
    "भेजा भेजी चुका चुकी चुके ली लिया से".split()
)
_LAST = frozenset(
    (
        "last previous prev pichle pichla pichhle pichhla pichli pichhli pehle gaye gujre guzre "
        "beete bite gayodo gayoda पिछले पिछला पिछली गत विगत पहले गए बीते गुजरे गयोडो गयोडा"
    ).split()
)
_NEXT = frozenset("next agle agla agli aane अगले अगला अगली आने".split())
_THIS = frozenset("this is iss current chalu इस चालू".split())
_MONTH_WORDS = frozenset(
    "month months mahine mahina mahino mah maah mhine mhina mahene महीने महीना माह".split()
)
_AGO = frozenset("ago back pehle pahle phle pehla पहले पूर्व".split())
_BEFORE_IT = frozenset(("to", "se", "ke", "से", "के"))  # last to last, pichle se pichle
_MOST_MONTHS = 24
_DAY_WORDS = frozenset(
    "tarikh tareekh tarik taarikh tithi date st nd rd th तारीख तारिख तिथि".split()
)
_FIGURES = re.compile(
    r"(?<![0-9./-])([0-3]?[0-9])[/.-]([01]?[0-9])[/.-](20[0-9]{2}|[0-9]{2})(?![0-9./-]*[0-9])"
)
_MONTH_FIGURES = re.compile(r"(?<![0-9./-])(0?[1-9]|1[0-2])[/-](20[0-9]{2})(?![0-9]|[./-][0-9])")
_ISO = re.compile(r"(?<![0-9/-])(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9-])")
_DAY_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_YEARS = range(2000, 2100)


def find_written_dates(text: str, ground: Ground) -> None:
    """Claim dates and months in figures (15/8/2026, 08/2026) before others take their digits."""
    for pattern, order in ((_ISO, (3, 2, 1)), (_FIGURES, (1, 2, 3))):
        for match in pattern.finditer(text):
            day, month, year = (int(match[i]) for i in order)
            value = _date(year if year >= 100 else 2000 + year, month, day)
            if value is not None and ground.is_free(*match.span()):
                ground.claim(Found("date", value.isoformat(), *match.span(), replaces=True))
    for match in _MONTH_FIGURES.finditer(text):
        if ground.is_free(*match.span()):
            named = f"{match[2]}-{int(match[1]):02}"
            ground.claim(Found("month", named, *match.span(), replaces=True))


def find_named_months(tokens: Sequence[Token], now: datetime, ground: Ground) -> None:
    """Claim months and dates that name their month: Aug 2026, 5 dec, अगस्त का."""
    for place, token in enumerate(tokens):
        month = _MONTHS.get(token.text)
        if month is None or not ground.is_free(token.start, token.end):
            continue
        named = _Named(tokens, place, month)
        found = named.as_date(_today(now)) or named.as_month(_today(now))
        if found is not None and ground.is_free(found.start, found.end):
            ground.claim(found)


class _Named:
    """The name of a month, and the day and year beside it."""

    def __init__(self, tokens: Sequence[Token], place: int, month: int) -> None:
        self._tokens = tokens
        self._month = month
        self._name = tokens[place]
        self._before = self._token(place - 1)
        self._after = self._token(place + 1)
        if self._before is not None and self._before.text in _DAY_ENDINGS:
            self._before = self._token(place - 2)
        self._second_after = self._token(place + 2)

    def as_date(self, today: date) -> Found | None:
        """5 dec, 5th of december 2026, dec 5; None without a day."""
        day, first, last, year_token = _day(self._before), self._before, self._name, self._after
        if day is None:
            day, first, last = _day(self._after), self._name, self._after or self._name
            year_token = self._second_after
        if day is None or first is None:
            return None
        year = _year(year_token)
        value = _date(year or today.year, self._month, day)
        if value is not None and year is None:
            value = _nearest_year(value, self._tokens, today)
        if value is None:
            return None
        end = year_token.end if year is not None and year_token is not None else last.end
        return Found("date", value.isoformat(), first.start, end, replaces=True)

    def as_month(self, today: date) -> Found | None:
        """Aug 2026, अगस्त का: without a year the last such month that has begun."""
        year = _year(self._after)
        if year is None and self._name.text in _ALSO_WORDS and not self._is_meant():
            return None
        end = self._after.end if year is not None and self._after is not None else self._name.end
        if year is None:
            year = today.year if self._month <= today.month else today.year - 1
        value = f"{year:04}-{self._month:02}"
        return Found("month", value, self._name.start, end, replaces=True)

    def _is_meant(self) -> bool:
        """Whether "may" or "mar" is a month here."""
        return (self._after is not None and self._after.text in _OF) or (
            self._before is not None and self._before.text in _IN
        )

    def _token(self, place: int) -> Token | None:
        return self._tokens[place] if 0 <= place < len(self._tokens) else None


def find_spoken_days(tokens: Sequence[Token], now: datetime, ground: Ground) -> None:
    """Claim days and months as seen from now: kal, 15 tarikh, next monday, pichle mahine."""
    today = _today(now)
    past = any(t.text in _PAST for t in tokens)
    for place, token in enumerate(tokens):
        word = token.text
        before = tokens[place - 1] if place else None
        start = token.start
        value: date | None = None
        if word in _DAYS:
            value = today + timedelta(days=_DAYS[word])
        elif word in _EITHER:
            value = today + timedelta(days=-_EITHER[word] if past else _EITHER[word])
        elif word in _WEEKDAYS:
            value = _weekday(_WEEKDAYS[word], before, today, past=past)
            if before is not None and before.text in _LAST | _NEXT | _THIS:
                start = before.start
        elif word in _DAY_WORDS and (day := _day(before)) is not None and before is not None:
            start = before.start
            value = _day_of_month(day, today, past=past)
        elif word in _MONTH_WORDS and before is not None:
            _claim_month(tokens, place, today, ground)
            continue
        if value is not None and ground.is_free(start, token.end):
            ground.claim(Found("date", value.isoformat(), start, token.end, replaces=False))


def _today(now: datetime) -> date:
    """The day in India; a time without a zone is taken for Indian time."""
    return (now if now.tzinfo is None else now.astimezone(IST)).date()


def _claim_month(tokens: Sequence[Token], place: int, today: date, ground: Ground) -> None:
    """Claim a month counted from this one: pichle mahine, last to last month, 2 months ago."""
    first, last = tokens[place - 1], tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and after.text in _AGO and (count := _months(first.text)) is not None:
        shift, last = -count, after
    elif first.text in _LAST:
        shift = -1
        if place > 2 and tokens[place - 2].text in _BEFORE_IT and tokens[place - 3].text in _LAST:
            shift, first = -2, tokens[place - 3]
    elif first.text in _NEXT:
        shift = 1
    elif first.text in _THIS:
        shift = 0
    else:
        return
    if not ground.is_free(first.start, last.end):
        return
    months = today.year * 12 + today.month - 1 + shift
    value = f"{months // 12:04}-{months % 12 + 1:02}"
    ground.claim(Found("month", value, first.start, last.end, replaces=False))


def _months(word: str) -> int | None:
    """How many months a word or figure says; None above two years."""
    count = int(word) if word.isdecimal() and len(word) < 3 else (number_word(word) or 0) // 100
    return count if 1 <= count <= _MOST_MONTHS else None


def _weekday(number: int, before: Token | None, today: date, *, past: bool) -> date:
    ahead = (number - today.weekday()) % 7
    if before is not None and before.text in _NEXT:
        return today + timedelta(days=ahead or 7)
    if past or (before is not None and before.text in _LAST):
        return today - timedelta(days=(7 - ahead) % 7 or 7)
    return today + timedelta(days=ahead)


def _day_of_month(day: int, today: date, *, past: bool) -> date | None:
    """A day by its number alone: the next that comes, in the past tense the last that was."""
    month, year = today.month, today.year
    for _ in range(12):
        value = _date(year, month, day)
        if value is not None and (value <= today if past else value >= today):
            return value
        month += -1 if past else 1
        if not 1 <= month <= 12:
            year, month = (year - 1, 12) if past else (year + 1, 1)
    return None


def _nearest_year(value: date, tokens: Sequence[Token], today: date) -> date | None:
    """A day and month without a year: the coming one, or in the past tense the last one."""
    past = any(t.text in _PAST for t in tokens)
    if past and value > today:
        return _date(value.year - 1, value.month, value.day)
    if not past and (today - value).days > 180:
        return _date(value.year + 1, value.month, value.day)
    return value


def _year(token: Token | None) -> int | None:
    if token is None or len(token.text) != 4 or not token.text.isdecimal():
        return None
    year = int(token.text)
    return year if year in _YEARS else None


def _day(token: Token | None) -> int | None:
    if token is None or len(token.text) > 2 or not token.text.isdecimal():
        return None
    day = int(token.text)
    return day if 1 <= day <= 31 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
