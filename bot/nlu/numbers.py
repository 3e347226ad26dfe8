"""Long numbers: K-numbers however written, mobiles, pincodes, digits that are nearly a K-number."""

import re
from typing import NamedTuple

from bot.nlu.found import Found, Ground

K_NUMBER_LENGTH = 12
_MOBILE_LENGTH = 10
_PINCODE_LENGTH = 6
_HALF_GROUP = 3  # the first digits of a K-number come three or more at a time
_NEAR_MISS = range(4, 17)  # lengths worth asking about

# A group of digits; letters mistaken for digits (O, l, I) only in company of digits.
_GROUP = re.compile(
    r"(?<![0-9])(?:(?<![a-z])|(?<=(?<![a-z])k)|(?<=(?<![a-z])no)|(?<=kno)|(?<=knumber)|(?<=num)|(?<=number))"
    r"(?=[oil]{0,3}[0-9])[0-9oil]+(?![0-9])"
)
_BETWEEN = re.compile(r"\s{0,3}[.\-/_|]?\s{0,3}|\s*o{2,4}\s*")
_SPREADSHEET = re.compile(r"(?<![0-9.])[0-9]\.[0-9]{1,11}\s?e\s?\+?\s?[0-9]{2}(?![0-9])")
_LETTERS = str.maketrans("oil", "011")

# What a person calls the number, close before it; the nearest name rules.
_NAME = re.compile(
    r"(?P<k>\bk\W{0,3}(?:no|num|number|nambar)?\b|\bk\W{0,2}n\b|\bkno|\bknum|\bkay number"
    r"|\bke\s?(?:no|num|number|nambar)\b|के\W{0,2}(?:नंबर|नम्बर|नं|न)"
    r"|consumer (?:no|number|id)|upbhokta)"
    r"|(?P<phone>mobile|mobail|\bmob\b|phone|\bfon\b|contact|whatsapp|\bcall\b|मोबाइल|मोबाईल|फोन|व्हाट्सएप)"
    r"|(?P<other>\butr\b|\brrn\b|\btxn|\btrans|\btid\b|\bref\b|reference|aadh?aa?r|\badh?aa?r|\buid\b|आधार|यूटीआर"
    r"|ट्रांजेक्शन|ट्रांजैक्शन|\botp\b|ओटीपी|\bcvv\b|\bcard\b|कार्ड|\batm\b|\bifsc\b|\bupi\b"
    r"|meter (?:no|number)|मीटर (?:नंबर|नम्बर|नं)|bank a(?:/?c|ccount)|\ba/c|बैंक खाता)"
    r"|(?P<pin>\bpin\b|\bpin ?code|\bpostal code|पिन ?कोड|\bपिन )"
)
_PINCODE = re.compile(r"3[0-4][0-9]{4}")  # of Rajasthan; those of others only where named
_NAME_REACH = 30  # characters before a number in which its name may stand


class Group(NamedTuple):
    """Digits that stand together."""

    digits: str
    start: int
    end: int


def find_whole_numbers(text: str, ground: Ground) -> list[list[Group]]:
    """Claim spreadsheet numbers, phones and K-numbers; gives back the digits left over."""
    for match in _SPREADSHEET.finditer(text):
        if ground.is_free(*match.span()):
            value = match[0].replace(" ", "")
            ground.claim(Found("spreadsheet_number", value.upper(), *match.span(), replaces=True))
    left: list[list[Group]] = []
    for chain in _chains(text, ground):
        left += _settle(text, chain, ground)
    return left


def find_pincodes(text: str, left: list[list[Group]], ground: Ground) -> None:
    """Claim six digits that stand alone and begin as the pincodes of the state do."""
    for rest in left:
        for group in rest:
            if (
                len(rest) == 1
                and _PINCODE.fullmatch(group.digits)
                and ground.is_free(group.start, group.end)
                and _name_before(text, group.start) != "k"
            ):
                ground.claim(Found("pincode", group.digits, group.start, group.end, replaces=True))


def find_other_digits(left: list[list[Group]], ground: Ground) -> None:
    """Claim runs of 4 to 16 digits that nobody else wanted: a slip, or half a K-number."""
    for rest in left:
        _leave([g for g in rest if ground.is_free(g.start, g.end)], ground)


def _chains(text: str, ground: Ground) -> list[list[Group]]:
    """Groups of digits with nothing but a separator between them."""
    chains: list[list[Group]] = []
    for match in _GROUP.finditer(text):
        start, end = match.span()
        raw = match[0]
        letters = sum(c in "oil" for c in raw)
        follows = text[end : end + 1]
        if letters * 2 > len(raw) or (letters and "a" <= follows <= "z"):
            # "2 lo", "500 lines": a word, not digits; keep the digits it begins with
            raw = raw.rstrip("oil") if raw[0].isdigit() else ""
            end = start + len(raw)
            if not raw or any(c in "oil" for c in raw):
                continue
        if not ground.is_free(start, end):
            continue
        group = Group(raw.translate(_LETTERS), start, end)
        gap = text[chains[-1][-1].end : start] if chains else ""
        if chains and _BETWEEN.fullmatch(gap):
            if "o" in gap:
                zeros = gap.strip()
                at = chains[-1][-1].end + gap.index(zeros)
                chains[-1].append(Group("0" * len(zeros), at, at + len(zeros)))
            chains[-1].append(group)
        else:
            chains.append([group])
    return chains


def _settle(text: str, chain: list[Group], ground: Ground) -> list[list[Group]]:
    """Claim the whole numbers of a chain; the groups between them."""
    name = _name_before(text, chain[0].start)
    digits = "".join(group.digits for group in chain)
    if name == "pin" and len(digits) == _PINCODE_LENGTH and digits[0] != "0":
        ground.claim(Found("pincode", digits, chain[0].start, chain[-1].end, replaces=True))
        return []
    if name in {"other", "pin"}:
        if sum(len(g.digits) for g in chain) >= _NEAR_MISS.start:
            ground.close(chain[0].start, chain[-1].end)
        return []
    plus = text[max(0, chain[0].start - 1) : chain[0].start] == "+"
    if (plus or chain[0].digits.startswith("0091")) and name != "k":
        chain = chain[_international(chain, ground, plus=plus) :]
    left: list[list[Group]] = [[]]
    first = 0
    while first < len(chain):
        last = _reach(chain, first, name)
        if last is None:
            left[-1].append(chain[first])
            first += 1
            continue
        digits = "".join(g.digits for g in chain[first : last + 1])
        if _is_slip(digits, chain[first:], last - first):
            return [*left, chain[first:]]
        _claim(digits, chain[first].start, chain[last].end, ground, name)
        left.append([])
        first = last + 1
    return left


def _is_slip(digits: str, chain: list[Group], last: int) -> bool:
    """Twelve digits in groups, then a lone one: of thirteen no K-number may be guessed."""
    return (
        len(digits) == K_NUMBER_LENGTH and 0 < last == len(chain) - 2 and len(chain[-1].digits) == 1
    )


def _international(chain: list[Group], ground: Ground, *, plus: bool) -> int:
    """Claim the phone number after a plus sign or two zeros; how many groups it took."""
    digits = ""
    for place, group in enumerate(chain):
        digits = (digits + group.digits).removeprefix("00")
        indian = digits.startswith("91")
        if (indian and len(digits) == 12) or (not indian and 11 <= len(digits) <= 15):
            start = chain[0].start - plus
            ground.claim(Found("phone", f"+{digits}", start, group.end, replaces=True))
            return place + 1
    return 0


def _reach(chain: list[Group], first: int, name: str) -> int | None:
    """The group at which a whole number ends that begins at `first`: a K-number before a mobile."""
    digits = ""
    mobile: int | None = None
    for place in range(first, len(chain)):
        digits += chain[place].digits
        if len(digits) > K_NUMBER_LENGTH:
            break
        if len(digits) == K_NUMBER_LENGTH and (name != "phone" or mobile is None):
            return place
        if name != "k" and _is_mobile(digits):
            if place == first and len(chain) > place + 1 and len(chain[place + 1].digits) > 2:
                return place  # 98290 12345 as one word; what follows is another number
            mobile = place
    return mobile


def _is_mobile(digits: str) -> bool:
    if len(digits) == _MOBILE_LENGTH + 1 and digits[0] == "0":
        digits = digits[1:]
    return len(digits) == _MOBILE_LENGTH and digits[0] in "6789"


def _claim(digits: str, start: int, end: int, ground: Ground, name: str) -> None:
    if len(digits) == K_NUMBER_LENGTH:
        with_country = digits.startswith("91") and digits[2] in "6789"
        if name == "k" or not with_country:
            ground.claim(Found("k_number", digits, start, end, replaces=True))
            return
    phone = f"+91{digits[-_MOBILE_LENGTH:]}"
    ground.claim(Found("phone", phone, start, end, replaces=True))


def _leave(rest: list[Group], ground: Ground) -> None:
    """Claim plain digits: together if that could be half a K-number, else one by one."""
    if not rest:
        return
    together = "".join(g.digits for g in rest)
    if len(together) in _NEAR_MISS and len(rest[0].digits) >= _HALF_GROUP:
        ground.claim(Found("digits", together, rest[0].start, rest[-1].end, replaces=True))
        return
    for group in rest:
        if len(group.digits) in _NEAR_MISS:
            ground.claim(Found("digits", group.digits, group.start, group.end, replaces=True))


def _name_before(text: str, start: int) -> str:
    """What the person calls the number that begins at `start`: k, phone, other, or nothing."""
    name = ""
    for match in _NAME.finditer(text, max(0, start - _NAME_REACH), start):
        if any(c.isdigit() for c in text[match.end() : start]):
            continue  # it names an earlier number
        name = match.lastgroup or ""
    return name
