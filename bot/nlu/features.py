"""What the classifier looks at: pieces of each word as it is written, and words as they sound."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.nlu.found import Found
from bot.nlu.romanise import romanise
from bot.nlu.sound import sound_key
from bot.nlu.tokens import Token

SHORTEST_PIECE = 2
LONGEST_PIECE = 5


def words_of(tokens: Sequence[Token], found: Sequence[Found]) -> list[str]:
    """The message as the classifier reads it: Latin words, and `_amount_` where a sum stood."""
    replaced = [f for f in found if f.replaces]
    words: list[str] = []
    said: Found | None = None
    for token in tokens:
        inside = next((f for f in replaced if f.start <= token.start < f.end), None)
        if inside is None:
            words.append("_number_" if token.text.isdecimal() else romanise(token.text))
        elif inside is not said:
            words.append(f"_{_kind(inside)}_")
        said = inside
    return words


def _kind(found: Found) -> str:
    """What the classifier may know of a value: of a reference, what it refers to."""
    if found.entity == "reference":
        return str(found.value).partition("-")[0].lower()
    return found.entity


def key_of(word: str) -> str:
    """The sound key of a word; a placeholder is its own."""
    return word if word[0] == "_" else sound_key(word)


def pieces(word: str) -> Iterator[str]:
    """Character n-grams inside a word and its edges; a placeholder or a sign has none."""
    if not word[0].isalpha():
        return
    edged = f"<{word}>"
    for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
        for start in range(len(edged) - size + 1):
            yield f"c{edged[start : start + size]}"


def word_feature(key: str) -> str:
    """The feature of one word by its sound."""
    return f"w{key}"


def pair_feature(first: str, second: str) -> str:
    """The feature of two words in a row."""
    return f"p{first} {second}"


def features_of(words: Sequence[str]) -> set[str]:
    """Every feature of a message, each once."""
    found: set[str] = set()
    keys = [key_of(word) for word in words]
    for word in set(words):
        found.update(pieces(word))
    found.update(word_feature(key) for key in keys)
    edged = ("^", *keys, "$")
    found.update(pair_feature(a, b) for a, b in pairwise(edged))
    return found
