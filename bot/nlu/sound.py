"""One key for all spellings of a sound: raha, rha, rahaa; bijli, bijlee, bijali."""

import re
from functools import lru_cache

_SAME = (
    (re.compile(r"(.)\1+"), r"\1"),  # also aa, ee, oo before they are told apart below
    (re.compile(r"chh|ch"), "c"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"sh"), "s"),
    (re.compile(r"(?<=[kgcjtdpb])h"), ""),  # bhugtan, bugtan
    (re.compile(r"z"), "j"),
    (re.compile(r"w"), "v"),
    (re.compile(r"iy(?=[aeiou])"), "y"),  # bataiye, bataye
    (re.compile(r"(?<=[^aeiou])ie"), "ye"),
    (re.compile(r"ae"), "aye"),
    (re.compile(r"(?:ai|ay|ei|ey)(?![aeiou])"), "e"),
    (re.compile(r"(?:au|ou|ow)"), "o"),
    (re.compile(r"y(?![aeiou])"), "i"),
    (re.compile(r"(?:iya|ia|ya)"), "ya"),
    (re.compile(r"(?<!^)a"), ""),  # the vowel that is left out and put in most freely
    (re.compile(r"(?<=[eu])n$|(?<=..[io])n$"), ""),  # nahin, mein: a nasal breath
    (re.compile(r"(.)\1+"), r"\1"),
)
_DOUBLE_E = re.compile(r"ee+")
_DOUBLE_O = re.compile(r"oo+")

# The shortest words are spelt in the most ways.
_SHORT = {
    "h": "hai", "he": "hai", "hae": "hai", "hain": "hai", "hy": "hai", "hei": "hai",
    "nai": "nahi", "ni": "nahi", "nhi": "nahi", "ny": "nahi", "nhin": "nahi", "nahee": "nahi",
    "gai": "gayi", "gyi": "gayi", "gy": "gaya", "gya": "gaya", "gae": "gaye", "gye": "gaye",
    "m": "me", "mein": "me", "mai": "main", "q": "kyu", "kyo": "kyu", "kyon": "kyu", "ku": "kyu",
    "plz": "please", "pls": "please", "plzz": "please", "pliz": "please", "plss": "please",
    "u": "you", "ur": "your", "r": "are", "y": "why", "n": "and", "d": "the", "bil": "bill",
    "thx": "thanks", "thnx": "thanks", "thanx": "thanks", "tnx": "thanks", "ty": "thankyou",
    "kb": "kab", "kl": "kal", "pr": "par", "kr": "kar", "k": "ke", "ko": "ko", "mra": "mera",
    "mri": "meri", "hu": "hoon", "hn": "haan", "han": "haan", "ha": "haan", "haa": "haan",
    "okk": "ok", "okay": "ok", "okey": "ok", "k.": "ok", "abi": "abhi", "lait": "light",
    "lite": "light", "no": "no", "num": "number", "nmbr": "number", "nambar": "number",
    "pese": "paise", "pisa": "paise", "paisa": "paise", "pesa": "paise", "pement": "payment",
    "peymant": "payment", "paymant": "payment", "payement": "payment", "pymt": "payment",
}  # fmt: skip


@lru_cache(maxsize=8192)
def sound_key(word: str) -> str:
    """The key of a word in Latin letters; a word of other letters is its own key."""
    if not word.isascii():
        return word
    word = _SHORT.get(word, word)
    key = _DOUBLE_O.sub("u", _DOUBLE_E.sub("i", word))
    for pattern, plain in _SAME:
        key = pattern.sub(plain, key)
    return key or word
