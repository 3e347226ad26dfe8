"""Electric load in watts: 5 kW, 7.5 HP, ढाई किलोवाट, das hp, 100 kVA."""

import re
from collections.abc import Sequence

from bot.nlu.counting import Count, Item, count_at, items_of
from bot.nlu.found import Found, Ground

# Each unit, and what one of it is in watts; kVA at a power factor of 0.9.
_UNITS = {
    "kw": (r"k\.? ?w(?:\.|atts?)?|kilo[ -]?[wv]at+s?|kill?ow[ao]t+s?|किलो[ -]?व[ाॉ]ट|केडब्ल्यू", 1_000),
    "hp": (r"h\.? ?p\.?|horse?[ -]?power|एच\.? ?पी|ह[ाॉ]र्स[ -]?पावर", 746),
    "kva": (r"k\.? ?v\.? ?a\.?|के ?वी ?ए", 900),
    "mw": (r"m\.? ?w\.?|mega[ -]?[wv]at+s?|मेगावाट", 1_000_000),
    "mva": (r"m\.? ?v\.? ?a\.?|एम ?वी ?ए", 900_000),
    "w": (r"[wv]at+s?|व[ाॉ]ट", 1),
}  # fmt: skip
_UNIT = re.compile(
    rf"[ .-]{{0,2}}(?:{'|'.join(f'(?P<{name}>{words})' for name, (words, _) in _UNITS.items())})"
    r"(?![a-z0-9ऀ-ॣ])"
)
_MAY = re.compile(r"w|h\.? ?p|pow|[kmp]\.? ?v|वाट|वॉट|एच|केवी|के वी|एमवी|पावर|डब्ल्यू|vat")
_HALF = frozenset("aadha adha aadhe half आधा आधे".split())
_TO = frozenset(("se", "to", "से", "ya", "या", "or"))
_LARGEST = 1_000_000_000  # watts; more is a slip


def find_powers(text: str, ground: Ground) -> None:
    """Claim every load; of "2 se 5 kw" both."""
    if not _MAY.search(text):
        return
    items = items_of(text)
    place = 0
    while place < len(items):
        total = count_at(text, items, place)
        if total is None and items[place].text in _HALF:
            total = Count(50, scaled=False, figure=False, last=place)
        if total is None:
            place += 1
            continue
        unit = _UNIT.match(text, items[total.last].end)
        if unit is not None:
            _claim(items, place, total, unit, ground)
            _claim_first(text, items, place, unit, ground)
        place = total.last + 1


def _claim(
    items: Sequence[Item], first: int, total: Count, unit: re.Match[str], ground: Ground
) -> None:
    """Claim the number at `first` with its unit."""
    _claim_as(total, unit, items[first].start, unit.end(), ground)


def _claim_first(
    text: str, items: Sequence[Item], place: int, unit: re.Match[str], ground: Ground
) -> None:
    """Claim the number before "se", whose unit is that of the number after it."""
    if place < 2 or items[place - 1].text not in _TO:
        return
    total = count_at(text, items, place - 2)
    if total is not None and total.last == place - 2:
        start, end = items[place - 2].start, items[place - 2].end
        _claim_as(total, unit, start, end, ground)


def _claim_as(total: Count, unit: re.Match[str], start: int, end: int, ground: Ground) -> None:
    watts = (total.value * _UNITS[unit.lastgroup or ""][1] + 50) // 100
    if 0 < watts <= _LARGEST and ground.is_free(start, end):
        ground.claim(Found("power", watts, start, end, replaces=True))
