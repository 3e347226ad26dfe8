"""E-mail addresses, typed or spoken: a.kumar@gmail.com, ramesh at gmail dot com."""

import re
import unicodedata

from bot.nlu.found import Found, Ground

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?"
_TYPED = re.compile(
    r"(?<![a-z0-9._%+@-])(?P<name>[a-z0-9_%+-]{1,40}(?:\.[a-z0-9_%+-]{1,40}){0,5})@ ?"
    rf"(?P<domain>(?:{_LABEL}\.){{1,4}}[a-z]{{2,12}})(?![a-z0-9@]|\.[a-z0-9])"
)
# An address to pay to (9414098765@paytm) is no e-mail address, and its digits no phone number.
_HANDLE = re.compile(r"(?<![a-z0-9._%+@-])[a-z0-9._-]{2,40}@[a-z]{2,20}(?![a-z0-9@]|\.[a-z0-9])")
# Spoken, or with a space before the @, only where nothing is guessed: a known provider, and nothing
# before the name but what introduces it. "ramesh kumar at gmail dot com" could be anybody's.
_PROVIDERS = {
    "gmail": "gmail", "g mail": "gmail", "जीमेल": "gmail", "जी मेल": "gmail",
    "yahoo": "yahoo", "याहू": "yahoo", "hotmail": "hotmail", "outlook": "outlook",
    "rediffmail": "rediffmail", "icloud": "icloud",
}  # fmt: skip
_INTRODUCES = (
    "email|e-mail|mail|id|address|is|hai|h|to|on|par|pe|ईमेल|ई-मेल|मेल|आईडी|है|पर"  # one word each
)
_SPOKEN = re.compile(
    rf"(?:^\s*|(?<![a-z0-9])(?:{_INTRODUCES})[\s:,-]+)"
    r"(?P<address>(?P<name>[a-z0-9_]{2,40}(?:(?: dot | ?\. ?| underscore )[a-z0-9_]{1,40}){0,3})"
    r"(?: at the rate(?: of)?| attherate| at| एट द रेट| एट| ?@) ?"
    rf"(?P<provider>{'|'.join(_PROVIDERS)}) ?(?:dot|\.|डॉट) ?"
    r"(?P<end>com|in|co ?(?:dot|\.) ?in|कॉम))(?![a-z0-9])"
)
_NO_NAMES = frozenset(("email", "mail", "id", "address", "is", "my", "meri", "mera", "hai"))


def find_emails(text: str, ground: Ground) -> None:
    """Claim every e-mail address in small letters; `as_typed` gives back the letters it had."""
    if "@" in text:
        for match in _TYPED.finditer(text):
            _claim(f"{match['name']}@{match['domain']}", match.span(), ground)
        for match in _HANDLE.finditer(text):
            ground.close(*match.span())
    if not any(provider in text for provider in _PROVIDERS):
        return
    for match in _SPOKEN.finditer(text):
        name = re.sub(r" ?\. ?| dot ", ".", match["name"]).replace(" underscore ", "_")
        if name in _NO_NAMES:
            continue
        end = re.sub(r" ?(?:dot|\.) ?", ".", match["end"].replace("कॉम", "com"))
        domain = f"{_PROVIDERS[match['provider']]}.{end}"
        _claim(f"{name}@{domain}", match.span("address"), ground)


def as_typed(value: str, raw: str) -> str | None:
    """The address with its name as the person wrote it; None where a letter was not a plain one.

    Spaces do not count, nor signs nobody sees; the domain stays in small letters.
    """
    name, _, domain = value.partition("@")
    kept = "".join(c for c in unicodedata.normalize("NFKC", raw) if unicodedata.category(c) != "Cf")
    written = kept.replace(" ", "").partition("@")[0]
    if written.lower() == name:
        return f"{written}@{domain}"
    return value if "@" not in kept or kept.isascii() else None


def _claim(address: str, place: tuple[int, int], ground: Ground) -> None:
    if ground.is_free(*place):
        ground.claim(Found("email", address, *place, replaces=True))
