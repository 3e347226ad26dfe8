"""References of our own: CMP-7K2M4Z, NC 4R7P2R, pay-9x2k4t."""

import re

from bot.nlu.found import Found, Ground

# Crockford's base 32 leaves out I, L, O, U; the first three are read as the digits they look like.
_REFERENCE = re.compile(
    r"(?<![0-9a-z])(?P<prefix>pay|cmp|ntc|nc|सीएमपी|एनटीसी|एनसी)"
    r"(?P<gap>\s*[-:#_./]\s*|\s{1,2}(?:no|number|num|नंबर|नं)[\s.:-]{1,3}|\s{0,2})"
    r"(?P<code>[0-9a-tv-z]{6}|(?:[0-9a-tv-z][ -]?){5}[0-9a-tv-z])(?![0-9a-z])"
)
_SPELT = {"सीएमपी": "cmp", "एनटीसी": "ntc", "एनसी": "nc"}
_ALIKE = str.maketrans("oil", "011")
_MARKS = frozenset("-:#_/")


def find_references(text: str, ground: Ground) -> None:
    """Claim every reference as `PREFIX-XXXXXX`; the check character is not judged."""
    for match in _REFERENCE.finditer(text):
        code = match["code"]
        plain = code.replace(" ", "").replace("-", "")
        marked = match["gap"].strip() in _MARKS
        prefix = _SPELT.get(match["prefix"], match["prefix"])
        if not marked and not _looks_made(prefix, code, plain):
            continue
        value = f"{prefix}-{plain.translate(_ALIKE)}".upper()
        ground.claim(Found("reference", value, *match.span(), replaces=True))


def _looks_made(prefix: str, code: str, plain: str) -> bool:
    """Whether six characters without a hyphen before them are a code: "pay please" is none."""
    digits = sum(c.isdigit() for c in plain)
    if prefix == "pay":
        return 0 < digits < len(plain) and code == plain and not re.fullmatch(r"\d+[a-z]+", plain)
    return digits > 0 and (code == plain or len(code) == len(plain) + 1)
