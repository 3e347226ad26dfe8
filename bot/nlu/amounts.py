"""Sums of money in figures and words: ₹1,250, 1250 rs, डेढ़ हजार, sava do sau."""

from collections.abc import Sequence

from bot.nlu.counting import Count, Item, count_at, items_of
from bot.nlu.found import Found, Ground
from bot.nlu.romanise import romanise
from bot.nlu.sound import sound_key

_RUPEES = frozenset(
    """
    rs re inr rupees rupee rupaye rupay rupaya rupye rupya rupiya rupiye rupaiya rupaiye rupe rupai
    rupess rupyo rupayo ruppes rupes rupiyo bucks rupiah rup rps ₹ /- /=
    रु रू रुपये रुपए रुपया रूपये रूपए रूपया रुपयों रुपे रूपे रुपै रुपयो रुपिया रुप्या
    """.split()
)
_PAISE = frozenset("paise paisa pese pesa पैसे पैसा".split())
# Numbers that count something else.
_NOT_MONEY = frozenset(
    """
    unit units yunit kwh kw kilowatt hp kva kv volt watt baje bje din dino days day ghante ghanta
    hours hour minute minutes min mahine mahina months month saal year years tarikh tareekh taarikh
    baar bar times percent taka takka log number no wala st nd rd th se date bill bills digit digits
    यूनिट युनिट किलोवाट एचपी बजे दिन दिनों घंटे घंटा मिनट महीने महीना साल तारीख बार प्रतिशत लोग
    नंबर नम्बर अंक बिल
    """.split()
)
# What is done with money, after a number that does not say it is rupees.
_AFTER = frozenset(
    """
    jama bhar bharna bhare bhara bharu bharne kat kata kate katgaye deduct deducted debit debited
    paid pay deposit de dena diya diye denge dunga dungi deta bhej bheja bheje kiya kiye aaya aya
    aayo tak abhi ab only hi
    जमा भर भरना भरे भरा भरने कट कटा कटे दे देना दिया दिए दूंगा दूंगी भेज भेजा भेजे किया किए आया ही
    अभी अब
    """.split()
)
_AFTER_OF = frozenset("ka ki का की".split())
_BILLS = frozenset("bill bil payment bhugtan pement bakaya बिल बील भुगतान पेमेंट बकाया".split())
_OF_WHAT = _BILLS | frozenset("aaya aya aayo tha hua bana nikla आया था हुआ बना निकला".split())
_BEFORE = frozenset(
    """
    pay paid amount total jama bharo bharu deposit sirf only kewal part bakaya bakaaya baki
    outstanding due dues जमा भरो सिर्फ केवल कुल राशि बकाया बाकी
    """.split()
)
# After a number behind "bill": "bill 12000 aa gaya". Voltage comes too.
_COMES = frozenset("aa lag laga hai h he kyu kyon kaise आ लगा है क्यों कैसे".split())
_FROM = frozenset(("se", "to", "से"))  # between two sums: "amount 1240 se 2480 ho gaya"
_SUMS = frozenset(("amount", "total", "rashi", "राशि"))
_YEARS = range(1990_00, 2100_00)  # hundredths: "2019 ka tha" is a year
_LEAST_BARE = 100_00  # a smaller lone number is a place in a list
_MOST_BARE = 9_99_999_00
_LONG_ENOUGH = 3  # shorter words sound like too many others
_MONEY_KEYS = frozenset(sound_key(romanise(word)) for word in _RUPEES if len(word) > _LONG_ENOUGH)


def find_amounts(text: str, ground: Ground) -> None:
    """Claim every sum of money."""
    items = items_of(text)
    place = 0
    while place < len(items):
        total = count_at(text, items, place)
        if total is None:
            place += 1
            continue
        place = _claim(text, items, place, total, ground)


def _claim(text: str, items: Sequence[Item], first: int, total: Count, ground: Ground) -> int:
    """Claim the sum at `first` if it is money; the item to go on from."""
    after = _near(text, items, total.last + 1, items[total.last].end)
    before = items[first - 1] if first > 0 else None
    if before is not None and text[before.end : items[first].start].strip(" .:-="):
        before = None
    start, end, paise = items[first].start, items[total.last].end, total.value
    go_on = total.last + 1
    money = False
    if before is not None and _is_rupees(before.text) and not _closes(before, items, first):
        start, money = before.start, True
    if after is not None and _is_rupees(after.text) and not _opens(after, items, total.last + 1):
        end, money, go_on = after.end, True, go_on + 1
        paise, end, go_on = _with_paise(text, items, go_on, paise, end)
    elif after is not None and after.text in _PAISE and not money:
        # "50 paise" are paise; in "500 paise kat gaye" paise only means money
        paise = paise if paise >= _LEAST_BARE else paise // 100
        end, money, go_on = after.end, total.figure or total.scaled, go_on + 1
        money = money and paise > 0
    if not money:
        money = _is_bare_money(items, total, before, after) or (
            total.figure and _is_risen(items, first, before, after, ground)
        )
    if not money or not ground.is_free(start, end):
        return go_on if money else max(first + 1, total.last)
    ground.claim(Found("amount", paise, start, end, replaces=True))
    return go_on


def _closes(sign: Item, items: Sequence[Item], first: int) -> bool:
    """Whether a word of money belongs to the number before it: "500 rs 2 bill"."""
    place = first - 2
    return place >= 0 and items[place].kind == "figure" and sign.text != "₹"


def _opens(sign: Item, items: Sequence[Item], place: int) -> bool:
    """Whether a sign of money belongs to the number after it: "₹500 ₹700"."""
    return (
        sign.text == "₹"
        and place + 1 < len(items)
        and items[place + 1].kind == "figure"
        and items[place + 1].start - sign.end <= 1
    )


def _with_paise(
    text: str, items: Sequence[Item], place: int, paise: int, end: int
) -> tuple[int, int, int]:
    """Add "50 paise" after so many rupees."""
    small = count_at(text, items, place) if place < len(items) else None
    if small is None or small.value >= _LEAST_BARE:
        return paise, end, place
    unit = _near(text, items, small.last + 1, items[small.last].end)
    if unit is None or unit.text not in _PAISE:
        return paise, end, place
    return paise + small.value // 100, unit.end, small.last + 2


def _near(text: str, items: Sequence[Item], place: int, end: int) -> Item | None:
    if place >= len(items) or text[end : items[place].start].strip(" .-"):
        return None
    return items[place]


def _is_rupees(word: str) -> bool:
    return word in _RUPEES or (
        len(word) > _LONG_ENOUGH and sound_key(romanise(word)) in _MONEY_KEYS
    )


def _is_risen(
    items: Sequence[Item], first: int, before: Item | None, after: Item | None, ground: Ground
) -> bool:
    """Whether a figure is one of two sums: "amount 1240 se 2480 ho gaya"."""
    if before is None or items[first].value < _LEAST_BARE:
        return False
    if before.text in _SUMS:
        return after is not None and after.text in _FROM
    if before.text not in _FROM or first < 2:
        return False
    return any(it.entity == "amount" and it.end == items[first - 2].end for it in ground.found)


def _is_bare_money(
    items: Sequence[Item], total: Count, before: Item | None, after: Item | None
) -> bool:
    """Whether a number is money without saying so: डेढ़ हजार, "1250 ka bill", "pay 500"."""
    if after is not None and (after.text in _NOT_MONEY and after.text not in _OF_WHAT):
        return False
    if total.scaled:
        return True
    if not total.figure or not _LEAST_BARE <= total.value <= _MOST_BARE:
        return False
    if "," in items[total.last].text:
        return True
    if after is not None and after.text in _AFTER_OF:
        place = total.last + 2
        if place >= len(items) or items[place].text not in _OF_WHAT:
            return False
        return total.value not in _YEARS or items[place].text in _BILLS
    if after is not None and after.text in _AFTER:
        return True
    if after is not None and after.text in _COMES and total.value not in _YEARS:
        return before is not None and before.text in _BILLS
    return before is not None and before.text in _BEFORE
