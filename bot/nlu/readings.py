"""The number on a meter, where it is named as one: reading 4521, मीटर में 4521.5 आ रहा है."""

import re

from bot.nlu.counting import count_at, items_of
from bot.nlu.found import Found, Ground

_NUMBER = (
    r"(?<![0-9.,/])(?<![0-9]-)(?P<number>[0-9]{1,3}(?:,[0-9]{2,3})+(?:\.[0-9]{1,3})?|[0-9]{1,8}(?:\.[0-9]{1,3})?)"
    r"(?![0-9])(?![.,/-][0-9])(?!\s?[0-9]{3})"
)
_NAME = r"(?:readings?|reeding|redding|reding|riding|rdg|rdng|rding|रीडिंग|रीडींग|रिडिंग|पठन)"
# What may stand between the name and the number.
_BETWEEN = (
    r"(?:is|was|are|as|of|for|on|no|number|value|today|now|abhi|aaj|ki|ka|ri|me|mein|hai|h|note|likho|"
    r"likh|lo|le|lyo|kar|karo|please|my|the|meter|kwh|deni|bhejni|bhej|bheji|rah[aie]|rh[aie]|hu|hun|"
    r"hoon|de|di|dena|submit|this|ye|yeh|"
    r"है|आज|अभी|की|का|री|में|नोट|लिखो|लिख|लो|नंबर|भेज|रहा|रही|हूं|दे|दी|यह|ये)"
)
# A number of something else: "reading 2 baar", "45000 km".
_OTHERS = (
    r"(?!\s?(?:km|kms|rs|rupa|rupe|₹|/-|%|paise|hp|kw(?!h)|volt|baj|din|day|tarikh|mah|month|saal|year|baar"
    r"|bar\b|times|hours|ghante|रु|बजे|दिन|तारीख|महीने|महीना|साल|बार|किमी|वोल्ट|किलोवाट))"
)
_NO_READING = re.compile(rf"(?!{_OTHERS})")
_SHOWS = (
    r"(?:aa|aaya|aa?ra|aari|aave|dikh\w*|likh\w*|show\w*|chal\w*|hai|h|pe|par|number|unit\w*|kwh"
    r"|आ|आया|दिख\w*|दिखा\w*|लिख\w*|चल\w*|है|यूनिट)"
)
_PATTERNS = (
    re.compile(rf"(?<![a-z]){_NAME}(?:[\s:=,.-]+{_BETWEEN}){{0,4}}[\s:=.-]*{_NUMBER}{_OTHERS}"),
    re.compile(
        rf"{_NUMBER}\s+(?:kwh\s+|unit\s+)?(?:ki\s+|की\s+|is\s+)?(?:(?:my|the|meri)\s+)?{_NAME}"
    ),
    re.compile(
        rf"(?:meter|metar|miter|मीटर)\s+(?:me|mein|m|mai|में|मे|par|pe|पर)\s+(?:abhi\s+|aaj\s+|अभी\s+|आज\s+)?"
        rf"{_NUMBER}{_OTHERS}\s+{_SHOWS}(?![a-z])"
    ),
    re.compile(
        r"(?:meter|metre)\s+(?:(?:is|now|at my place|currently|just)\s+){0,2}"
        rf"(?:shows?|showing|says|reads|displays?|displaying)\s+{_NUMBER}{_OTHERS}"
    ),
    re.compile(rf"^\s*read\b[\s:=-]*{_NUMBER}\s*(?:kwh|units?)?\s*$"),  # the keyword
)
_WORDED = re.compile(rf"(?<![a-z]){_NAME}(?:[\s:=,.-]+{_BETWEEN}){{0,4}}[\s:=.-]+")
_MAY = re.compile(r"rea|re[de]|ri?d|मीटर|metr?e?|रीड|रिड|पठन|mi?t")


def find_readings(text: str, ground: Ground) -> None:
    """Claim every meter reading of a text from which the long numbers have been taken."""
    if not _MAY.search(text):
        return
    for match in _WORDED.finditer(text):
        _claim_worded(text, match.end(), ground)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            place = match.span("number")
            figures = match["number"].replace(",", "")
            alone = len(figures) == 1 and text[place[1] :].strip()  # "reading 2 or 3": of what?
            if ground.is_free(*place) and not alone:
                value = float(figures) if "." in figures else int(figures)
                ground.claim(Found("reading", value, *place, replaces=True))


def _claim_worded(text: str, start: int, ground: Ground) -> None:
    """Claim a reading told in words: char hazar paanch sau."""
    items = items_of(text[start:])
    total = count_at(text[start:], items, 0) if items and not items[0].start else None
    if total is None or total.figure or not total.scaled or total.value % 100:
        return
    end = start + items[total.last].end
    after = _NO_READING.match(text, end)
    if after is None and ground.is_free(start, end):
        ground.claim(Found("reading", total.value // 100, start, end, replaces=True))
