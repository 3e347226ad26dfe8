"""Sums of money in figures and words: ₹1,250, 1250 rs, डेढ़ हजार, sava do sau."""

import re
from typing import NamedTuple

from bot.nlu.found import Found, Ground
from bot.nlu.number_words import HALVES, SCALES, SHIFTS, TENS, number_word
from bot.nlu.romanise import romanise
from bot.nlu.sound import sound_key

_ITEM = re.compile(
    r"(?P<figure>(?<!\d)(?<!\d[.,])(?!0\d)(?:\d{1,3}(?:,\d{2,3})+|\d{1,9})(?:\.\d{1,2})?(?![\d,]*\d))(?P<k>k\b(?!\s*(?:no|num)))?"
    r"|(?P<sign>₹|/-|/=)|(?P<word>[a-z]+|[ऀ-ॣॱ-ॿ]+)"
)
_RUPEES = frozenset(
    "rs re inr rupees rupee rupaye rupay rupaya rupye rupya rupiya rupiye rupaiya rupaiye rupaiya rupe rupai rupees "
    "rupess rupay rupyo rupayo ruppes rupes rupiyo bucks rupiah rup rps "
    "रु रू रुपये रुपए रुपया रूपये रूपए रूपया रुपयों रुपे रूपे रुपै रुपयो रुपिया रुप्या ₹ /- /=".split()
)
_PAISE = frozenset("paise paisa pese pesa पैसे पैसा".split())
# Numbers that count something else.
_NOT_MONEY = frozenset(
    "unit units yunit kwh kw kilowatt hp kva kv volt watt baje bje din dino days day ghante ghanta hours hour "
    "minute minutes min mahine mahina months month saal year years tarikh tareekh taarikh baar bar times "
    "percent log number no wala st nd rd th se date bill bills digit digits "
    "यूनिट युनिट किलोवाट एचपी बजे दिन दिनों घंटे घंटा मिनट महीने महीना साल तारीख बार प्रतिशत लोग नंबर नम्बर अंक बिल".split()
)
_AFTER = frozenset(
    "jama bhar bharna bhare bhara bharu bharne kat kata kate katgaye deduct deducted debit debited paid pay "
    "deposit de dena diya diye denge dunga dungi deta bhej bheja bheje kiya kiye ka ki aaya aya aayo aa gaya "
    "tak abhi ab only hi "
    "जमा भर भरना भरे भरा भरने कट कटा कटे दे देना दिया दिए दूंगा दूंगी भेज भेजा भेजे किया किए का की आया आ ही अभी अब".split()
)
_AFTER_OF = frozenset("ka ki का की".split())
_OF_WHAT = frozenset("bill bil payment bhugtan pement bakaya बिल बील भुगतान पेमेंट बकाया".split())
_BEFORE = frozenset("pay paid amount total jama bharo bharu deposit sirf only kewal part bill जमा भरो सिर्फ केवल कुल राशि बिल".split())
_LEAST_BARE = 100_00  # a smaller lone number is a place in a list
_MOST_BARE = 9_99_999_00
_MOST = 10_00_00_00_000_00
_MONEY_KEYS = frozenset(sound_key(romanise(word)) for word in _RUPEES if len(word) > 3)


class _Item(NamedTuple):
    kind: str  # "figure", "sign", "word"
    text: str
    paise: int  # of a figure
    start: int
    end: int


class _Sum(NamedTuple):
    paise: int
    scaled: bool
    figure: bool  # whether it began in figures
    last: int


def find_amounts(text: str, ground: Ground) -> None:
    """Claim every sum of money."""
    items = _read(text)
    place = 0
    while place < len(items):
        total = _sum_at(text, items, place)
        if total is None:
            place += 1
            continue
        place = _claim(text, items, place, total, ground)


def _read(text: str) -> list[_Item]:
    items: list[_Item] = []
    for match in _ITEM.finditer(text):
        figure = match["figure"]
        if figure is None:
            kind = "sign" if match["sign"] else "word"
            items.append(_Item(kind, match[0], 0, match.start(), match.end()))
            continue
        whole, _, part = figure.replace(",", "").partition(".")
        paise = int(whole) * 100 + int((part + "00")[:2])
        items.append(_Item("figure", match[0], paise * (1000 if match["k"] else 1), match.start(), match.end()))
    return items


def _sum_at(text: str, items: list[_Item], first: int) -> _Sum | None:
    """The longest number that begins at an item, in figures, words or both."""
    total = 0
    part: int | None = None  # what has not met its scale yet
    shift = 0
    least_scale = _MOST  # a scale may only be followed by smaller ones
    after_scale = False
    place = first
    scaled = False
    while place < len(items):
        item = items[place]
        if place > first and text[items[place - 1].end : item.start].strip(" -"):
            break
        word = item.text
        if item.kind == "figure":
            value: int | None = item.paise
            scaled = scaled or (word.endswith("k"))
        elif item.kind == "word":
            value = HALVES.get(word) or number_word(word)
        else:
            break
        if value is not None:
            if part is None and not (after_scale and value >= least_scale * 100):
                part = value + shift
                shift = 0
            elif part is not None and after_scale and value < least_scale * 100:
                part += value
            elif part in TENS and value < 10_00 and item.kind == "word":
                part += value
            else:
                break
            after_scale = False
        elif word in SHIFTS and part is None:
            shift = SHIFTS[word]
        elif word in SCALES and SCALES[word] < least_scale:
            scale = SCALES[word]
            value = (100 + shift if part is None else part) * scale
            shift = 0
            if scale == 100:
                part = value
            else:
                total += value
                part = None
            least_scale = scale
            after_scale = scaled = True
        elif word in ("and", "aur", "और") and after_scale and _is_number(items, place + 1):
            pass
        else:
            break
        place += 1
    if place == first or shift or (part is None and total == 0):
        return None
    paise = total + (part or 0)
    if not 0 < paise < _MOST:
        return None
    return _Sum(paise, scaled, items[first].kind == "figure", place - 1)


def _is_number(items: list[_Item], place: int) -> bool:
    if place >= len(items):
        return False
    item = items[place]
    return item.kind == "figure" or number_word(item.text) is not None


def _claim(text: str, items: list[_Item], first: int, total: _Sum, ground: Ground) -> int:
    """Claim the sum at `first` if it is money; the item to go on from."""
    after = _near(text, items, total.last + 1, items[total.last].end)
    before = items[first - 1] if first > 0 else None
    if before is not None and text[before.end : items[first].start].strip(" .:-="):
        before = None
    start, end, paise = items[first].start, items[total.last].end, total.paise
    go_on = total.last + 1
    money = False
    if before is not None and _is_rupees(before.text) and not _closes(before, items, first):
        start, money = before.start, True
    if after is not None and _is_rupees(after.text):
        end, money, go_on = after.end, True, go_on + 1
        paise, end, go_on = _with_paise(text, items, go_on, paise, end)
    elif after is not None and after.text in _PAISE and not money:
        # "50 paise" are paise; in "500 paise kat gaye" paise only means money
        paise = paise if paise >= _LEAST_BARE else paise // 100
        end, money, go_on = after.end, total.figure or total.scaled, go_on + 1
        money = money and paise > 0
    if not money:
        money = _is_bare_money(items, total, before, after)
    if not money or not ground.is_free(start, end):
        return go_on if money else max(first + 1, total.last)
    ground.claim(Found("amount", paise, start, end, replaces=True))
    return go_on


def _closes(sign: _Item, items: list[_Item], first: int) -> bool:
    """Whether a word of money belongs to the number before it: "500 rs 2 bill"."""
    place = first - 2
    return place >= 0 and items[place].kind == "figure" and sign.text != "₹"


def _with_paise(
    text: str, items: list[_Item], place: int, paise: int, end: int
) -> tuple[int, int, int]:
    """Add "50 paise" after so many rupees."""
    small = _sum_at(text, items, place) if place < len(items) else None
    if small is None or small.paise >= 100_00:
        return paise, end, place
    unit = _near(text, items, small.last + 1, items[small.last].end)
    if unit is None or unit.text not in _PAISE:
        return paise, end, place
    return paise + small.paise // 100, unit.end, small.last + 2


def _near(text: str, items: list[_Item], place: int, end: int) -> _Item | None:
    if place >= len(items) or text[end : items[place].start].strip(" .-"):
        return None
    return items[place]


def _is_rupees(word: str) -> bool:
    return word in _RUPEES or (len(word) > 3 and sound_key(romanise(word)) in _MONEY_KEYS)


def _is_bare_money(
    items: list[_Item], total: _Sum, before: _Item | None, after: _Item | None
) -> bool:
    """Whether a number is money without saying so: डेढ़ हजार, "1250 ka bill", "pay 500"."""
    if after is not None and (after.text in _NOT_MONEY and after.text not in _OF_WHAT):
        return False
    if total.scaled:
        return True
    if not total.figure or not _LEAST_BARE <= total.paise <= _MOST_BARE:
        return False
    if "," in items[total.last].text:
        return True
    if after is not None and after.text in _AFTER_OF:
        place = total.last + 2
        return place < len(items) and items[place].text in _OF_WHAT
    if after is not None and after.text in _AFTER:
        return True
    return before is not None and before.text in _BEFORE
