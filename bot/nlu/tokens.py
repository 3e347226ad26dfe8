"""A normalised message as a row of tokens."""

import re
from typing import NamedTuple

MOST_TOKENS = 60
LONGEST_TOKEN = 30

_TOKEN = re.compile(r"[a-z]+|[ऀ-ॣॱ-ॿ]+|[0-9]+|[^\W\da-zऀ-ॿ_]+|[₹?!]|[\U0001F300-\U0001FAFF☀-➿]")


class Token(NamedTuple):
    """A word, a run of digits, a sign or an emoji, and where it stands in the normalised text."""

    text: str
    start: int
    end: int


def split(text: str) -> list[Token]:
    """The first 60 tokens of a normalised text, each cut at 30 characters."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if len(found) == MOST_TOKENS:
            break
        found.append(Token(match[0][:LONGEST_TOKEN], match.start(), match.end()))
    return found
