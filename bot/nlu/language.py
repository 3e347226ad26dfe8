"""Which language a message is in: by its script first, then by its words."""

import re

_SURE = 0.35  # above this the classifier alone settles it
_LEAST_SURE = 0.12  # below this it says nothing
_FEW = 2  # so few words that belong to both languages do not tell, in whatever order

_LATIN = re.compile(r"[a-z]+")
_DEVANAGARI = re.compile(r"[ऀ-ॿ]+")
_OTHER = re.compile(r"[^\W\da-zऀ-ॿ_]+")


def by_script(text: str) -> str:
    """Of a normalised text: "hi" for Devanagari, "Latn" for Latin letters, "" for anything else.

    A Hindi sentence keeps its English words in Latin letters: a third in Devanagari makes it Hindi.
    """
    if text.isascii():
        return "Latn" if _LATIN.search(text) else ""
    latin = sum(map(len, _LATIN.findall(text)))
    hindi = sum(map(len, _DEVANAGARI.findall(text)))
    other = sum(map(len, _OTHER.findall(text)))
    if hindi and hindi * 2 >= latin and hindi >= other:
        return "hi"
    return "Latn" if latin and latin >= other else ""


def by_words(margin: float, *, english: int, hindi: int, shared: int, words: int) -> str:
    """English or romanised Hindi, or "" when there is nothing to tell them apart.

    Given the classifier's margin (above zero: English), and how many of the words are known to be
    of one language, the other, or both.
    """
    if words == 0 or (shared == words and (words <= _FEW or abs(margin) < _SURE)):
        return ""
    if abs(margin) < _SURE and english != hindi:
        return "en" if english > hindi else "hi-Latn"
    if abs(margin) < _LEAST_SURE:
        return ""
    return "en" if margin > 0 else "hi-Latn"
