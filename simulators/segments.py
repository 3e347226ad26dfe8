"""What an SMS costs, counted as the provider counts it (GSM 03.38).

Our own count stands in the voice; a provider counts for itself, so each checks the other.
"""

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
GSM_ALONE, GSM_PART = 160, 153
UCS2_ALONE, UCS2_PART = 70, 67


def count_segments(text: str) -> int:
    """How many SMS a text becomes: 160/153 GSM-7 septets, or 70/67 UTF-16 units, a part."""
    if all(char in GSM or char in GSM_EXTENDED for char in text):
        return _parts([2 if char in GSM_EXTENDED else 1 for char in text], GSM_ALONE, GSM_PART)
    return _parts([2 if ord(char) > 0xFFFF else 1 for char in text], UCS2_ALONE, UCS2_PART)  # noqa: PLR2004  beyond the basic plane


def _parts(units: list[int], alone: int, part: int) -> int:
    if sum(units) <= alone:
        return 1
    parts, used = 1, 0
    for unit in units:  # a pair never straddles two parts
        if used + unit > part:
            parts, used = parts + 1, 0
        used += unit
    return parts
