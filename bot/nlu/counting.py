"""A number as people write it: 1,250 or 2 hazar 5 sau or साढ़े तीन हजार."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.nlu.number_words import HALVES, SCALES, SHIFTS, TENS, number_word

_FIGURE = (
    r"(?<!\d)(?<!\d[.,])(?!0\d)"  # 0123 is no sum
    r"(?:\d{1,3}(?:,\d{2,3})+|\d{1,9})(?:\.\d{1,2})?(?![\d,]*\d)"
)
_ITEM = re.compile(
    rf"(?P<figure>{_FIGURE})(?P<k>k\b(?!\s*(?:no|num)))?|(?P<sign>₹|/-|/=)"
    r"|(?P<word>[a-z]+|[ऀ-ॣॱ-ॿ]+)"
)
_AND = frozenset(("and", "aur", "और"))
_LARGEST = 10**13  # hundredths: a hundred billion
_ONE = 100
_TEN = 1000


class Item(NamedTuple):
    """A figure, a sign of money or a word."""

    kind: str  # "figure", "sign", "word"
    text: str
    value: int  # of a figure, in hundredths
    start: int
    end: int


class Count(NamedTuple):
    """A number in hundredths, and the item it ends with."""

    value: int
    scaled: bool  # whether hundreds, thousands or lakhs were named
    figure: bool  # whether it began in figures
    last: int


def items_of(text: str) -> list[Item]:
    """What could be part of a number or say what it counts."""
    items: list[Item] = []
    for match in _ITEM.finditer(text):
        figure = match["figure"]
        start, end = match.span()
        if figure is None:
            items.append(Item("sign" if match["sign"] else "word", match[0], 0, start, end))
            continue
        whole, _, part = figure.replace(",", "").partition(".")
        value = int(whole) * 100 + int((part + "00")[:2])
        items.append(Item("figure", match[0], value * (1000 if match["k"] else 1), start, end))
    return items


def count_at(text: str, items: Sequence[Item], first: int) -> Count | None:
    """The longest number that begins at an item; None when none does."""
    adding = _Adding()
    place = first
    while place < len(items):
        item = items[place]
        if place > first and text[items[place - 1].end : item.start].strip(" -"):
            break
        if item.text in _AND:
            if not (adding.after_scale and _is_number(items, place + 1)):
                break
        elif not adding.take(item):
            break
        place += 1
    value = adding.value()
    if value is None or not 0 < value < _LARGEST:
        return None
    return Count(value, adding.scaled, items[first].kind == "figure", place - 1)


class _Adding:
    """A number so far. All in hundredths."""

    def __init__(self) -> None:
        self.scaled = False
        self.after_scale = False
        self._total = 0  # the part that has met its thousand or lakh
        self._part: int | None = None  # the part that has not
        self._shift = 0  # सवा, पौने, साढ़े: waiting for their number
        self._least = _LARGEST  # a scale may only be followed by smaller ones

    def value(self) -> int | None:
        """What it comes to; None while it is no number."""
        if self._shift or (self._part is None and not self._total):
            return None
        return self._total + (self._part or 0)

    def take(self, item: Item) -> bool:
        """Add one more item; False when it does not belong."""
        if item.kind == "sign":
            return False
        if item.kind == "figure":
            self.scaled = self.scaled or item.text[-1] == "k"
            return self._number(item.value, spoken=False)
        number = HALVES.get(item.text) or number_word(item.text)
        if number is not None:
            return self._number(number, spoken=True)
        if item.text in SHIFTS and self._part is None and not self._shift:
            self._shift = SHIFTS[item.text]
            return True
        scale = SCALES.get(item.text)
        return scale is not None and self._scale(scale)

    def _number(self, number: int, *, spoken: bool) -> bool:
        fits = number < self._least * _ONE
        if self._part is None and (fits or not self.after_scale):
            self._part = number + self._shift
            self._shift = 0
        elif self._part is not None and (
            (self.after_scale and fits) or (spoken and self._part in TENS and number < _TEN)
        ):
            self._part += number
        else:
            return False
        self.after_scale = False
        return True

    def _scale(self, scale: int) -> bool:
        if scale >= self._least:
            return False
        scaled = (_ONE + self._shift if self._part is None else self._part) * scale
        self._shift = 0
        if scale == min(SCALES.values()):
            self._part = scaled  # do sau pachas hazar: hundreds may meet a thousand yet
        else:
            self._total += scaled
            self._part = None
        self._least = scale
        self.after_scale = self.scaled = True
        return True


def _is_number(items: Sequence[Item], place: int) -> bool:
    if place >= len(items):
        return False
    return items[place].kind == "figure" or number_word(items[place].text) is not None
