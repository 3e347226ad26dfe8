"""Which language a message is in: by its script first, then by its words."""

_LEAST_SURE = 0.12  # a margin below this says nothing
_LEAST_SURE_SHARED = 0.35  # nor one below this where every word belongs to both languages
_LONG_ENOUGH = 3  # so many shared words may still tell by their order


def by_script(text: str) -> str | None:
    """"hi" for Devanagari, "Latn" for Latin letters, "" for no letters or another script.

    A Hindi sentence keeps its English words in Latin letters: a third in Devanagari makes it Hindi.
    """
    latin = sum(c.isascii() and c.isalpha() for c in text)
    hindi = sum("ऀ" <= c <= "ॿ" for c in text)
    other = sum(c.isalpha() for c in text) - latin - sum("ऀ" <= c <= "ॿ" and c.isalpha() for c in text)
    if hindi * 2 >= latin and hindi >= other and hindi:
        return "hi"
    return "Latn" if latin and latin >= other else ""


def by_words(margin: float, words: int, shared: int) -> str:
    """English or romanised Hindi by the classifier's margin; "" when the words belong to both."""
    if words == 0:
        return ""
    if shared == words and (words < _LONG_ENOUGH or abs(margin) < _LEAST_SURE_SHARED):
        return ""
    if abs(margin) < _LEAST_SURE:
        return ""
    return "en" if margin > 0 else "hi-Latn"
