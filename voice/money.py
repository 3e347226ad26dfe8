"""Money in words: Indian grouping, paise only where there are some."""

from models.money import PAISE_PER_RUPEE, Money


def rupees(money: Money, *, symbol: str) -> str:
    """A sum as people write it: `₹1,23,456`, `₹842.50`, `-₹40`, `Rs.1,240`."""
    whole, paise = divmod(abs(money.paise), PAISE_PER_RUPEE)
    sign = "-" if money.paise < 0 else ""
    part = f".{paise:02d}" if paise else ""
    return f"{sign}{symbol}{grouped(whole)}{part}"


def grouped(number: int) -> str:
    """A whole number in lakhs and crores: the last three digits, then pairs."""
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    while head:
        head, pair = head[:-2], head[-2:]
        tail = f"{pair},{tail}"
    return tail
