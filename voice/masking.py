"""Names, shown enough to recognise and too little to learn."""

import unicodedata

LONGEST = 5  # stars a word
WORDS = 2
_VIRAMA = "\u094d"


def masked(name: str) -> str:
    """First letter and one `*` per further letter, of the first two words: `R***** K****`."""
    return " ".join(_masked_word(word) for word in name.split()[:WORDS])


def _masked_word(word: str) -> str:
    letters = graphemes(word)
    return letters[0] + "*" * min(len(letters) - 1, LONGEST)


def graphemes(text: str) -> list[str]:
    """What a reader counts as letters: vowel signs and joined consonants belong to theirs.

    The rule of Unicode 15.1 (GB9 and GB9c) as far as names in Devanagari and Latin need it.
    """
    if text.isascii():
        return list(text)
    found: list[str] = []
    for character in text:
        joins = unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}
        conjunct = bool(found) and found[-1].rstrip("\u200d").endswith(_VIRAMA)
        if found and (joins or (conjunct and unicodedata.category(character) == "Lo")):
            found[-1] += character
        else:
            found.append(character)
    return found
