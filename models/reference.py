"""References people can read aloud: `PAY-9T3M8A`.

Five digits of Crockford's base 32 and a check character (Luhn mod 32 over the same alphabet).
"""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BODY = 5
_READ_AS = str.maketrans("OIL", "011")


def check_character(body: str) -> str:
    """The Luhn mod 32 check character of a body in Crockford's alphabet."""
    total = 0
    for place, letter in enumerate(reversed(body)):
        value = ALPHABET.index(letter) * (2 - place % 2)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def reference(prefix: str, number: int) -> str:
    """The reference of a running number; grows by a digit beyond 33,554,431."""
    body = ""
    while number or len(body) < BODY:
        number, rest = divmod(number, 32)
        body = ALPHABET[rest] + body
    return f"{prefix}-{body}{check_character(body)}"


def is_reference(text: str) -> bool:
    """Whether `PREFIX-BODYC` has the right check character; O, I and L read as 0, 1 and 1."""
    _, _, code = text.partition("-")
    code = code.upper().translate(_READ_AS)
    return (
        len(code) > BODY
        and all(letter in ALPHABET for letter in code)
        and check_character(code[:-1]) == code[-1]
    )
