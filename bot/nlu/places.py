"""Places that the company knows, by ear: vaishali nagr, वैशाली नगर, kekdi.

A name is heard by the consonants that stay whoever writes it. The shorter a name, the more closely
it must be written, as short sounds are other words too.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.nlu.found import Found, Ground
from bot.nlu.normalise import normalise
from bot.nlu.romanise import romanise
from bot.nlu.sound import sound_key
from bot.nlu.tokens import Token, split

_MOST_WORDS = 4  # of a name
_BEGINNING = 3  # sounds by which a word is passed over at once
_AS_SPELT = 3  # a name of so few sounds must be spelt as the company spells it
_AS_HEARD = 4  # one of so few must be heard exactly; both must stand where places stand
_WITH_A_SLIP = 6  # of one with so many one sound may be wrong; of one word of several, one less
_PART = 3  # letters of a piece of a name that is written in one
_REMEMBERED = 8192  # words
_TOWN = " City"  # whoever says Makrana means Makrana City, where no Makrana is
_SILENT = ""
_NO_PLACES = frozenset(("company", "zone"))
_ORDER = {"subdivision": 0, "division": 1, "circle": 2}
_RH = re.compile(r"rh(?![b-df-hj-np-tv-z])")  # garh, but Brahma
_OW = re.compile(r"ov(?![aeiou])")
_IN_BRACKETS = re.compile(r"\s*\(.*\)")
_AWAY = re.compile(r"[\s.-]{0,3}")
_ENDS = frozenset(",.;|")

# Beside a short name these say that it is a place.
_BEHIND = frozenset(
    """
    me mein m mai mei office aen jen je xen subdivision kasba kasbe tehsil tahsil gaon gav gram
    jila jile zila district shahar shehar sheher city area ilaka ilake kshetra feeder gss
    road rod bypass chauraha wale walo
    में मे ऑफिस कार्यालय दफ्तर उपखंड कस्बा कस्बे तहसील गांव ग्राम जिला जिले शहर क्षेत्र इलाका इलाके
    रोड फीडर एईएन जेईएन
    """.split()
)
_BEFORE = frozenset("in at near gaon gram tehsil kasba गांव ग्राम तहसील कस्बा".split())
_OF = frozenset("ka ke ki का के की".split())  # "नागौर का ऑफिस"
# Before these it is the name of a person, or of the company.
_NAMED_ON = frozenset(
    """
    singh kumar lal devi ram chand sharma ji bai discom vidyut
    सिंह कुमार लाल देवी राम चंद शर्मा जी बाई डिस्कॉम विद्युत
    """.split()
)


class PlaceName(NamedTuple):
    """A place by its English name, and whatever else it is called.

    Without an English name it is none: "Ajmer Discom" names no town.
    """

    name: str
    others: tuple[str, ...]


class _Known(NamedTuple):
    name: str
    heard: frozenset[str]  # its sounds with d and r told apart
    spelt: frozenset[str]
    words: frozenset[int]  # how many words it is written in


class _Heard(NamedTuple):
    """A word by its sound."""

    heard: str
    folded: str  # d and r are one
    meant: str  # the word of a name that it may be a slip of
    may_begin: bool


class Places:
    """The places of a company, to be found in messages. Never changes once made."""

    def __init__(self, known: Iterable[PlaceName] = ()) -> None:
        self._known: dict[str, _Known] = {}
        self._words: set[str] = set()  # folded sounds, long enough to be told by ear
        self._beginnings: set[str] = set()
        kept = list(known)
        for place in kept:
            self._learn(place.name, place.name)
        for place in kept:
            if place.name.endswith(_TOWN):
                self._learn(place.name, place.name.removesuffix(_TOWN))
        for place in kept:
            for other in place.others:
                self._learn(place.name, other)
        self._slips = {less: word for word in self._words for less in _one_less(word)}
        self._hear = lru_cache(maxsize=_REMEMBERED)(self._hear_word)

    def find(self, text: str, tokens: Sequence[Token], ground: Ground) -> None:
        """Claim every place, the longest name first."""
        if not self._known:
            return
        place = 0
        while place < len(tokens):
            heard = self._hear(tokens[place].text)
            place = self._find_at(text, tokens, place, ground) if heard.may_begin else place + 1

    def _find_at(self, text: str, tokens: Sequence[Token], first: int, ground: Ground) -> int:
        """Claim the longest name that begins at a token; the token to go on from."""
        last = first
        while (
            last + 1 < len(tokens)
            and last - first < _MOST_WORDS - 1
            and _AWAY.fullmatch(text, tokens[last].end, tokens[last + 1].start)
        ):
            last += 1
        for end in range(last, first - 1, -1):
            known = self._known_as(text, tokens, first, end, ground)
            if known is None:
                continue
            start, stop = tokens[first].start, tokens[end].end
            if known.name and ground.is_free(start, stop):
                ground.claim(Found("place", known.name, start, stop, replaces=False))
            return end + 1
        return first + 1

    def _known_as(
        self, text: str, tokens: Sequence[Token], first: int, last: int, ground: Ground
    ) -> _Known | None:
        """The place that these words name."""
        words = tokens[first : last + 1]
        sounds = [self._hear(token.text) for token in words]
        key = "".join(sound.folded for sound in sounds)
        known = self._known.get(key)
        if known is None:
            meant = self._known.get("".join(sound.meant for sound in sounds))
            return meant if meant is not None and len(words) in meant.words else None
        if not known.name:
            return known
        heard = "".join(sound.heard for sound in sounds)
        if len(words) > max(known.words) and (
            heard not in known.heard or min(len(it.text) for it in words) < _PART
        ):
            return None  # "khet ri motor" is no Khetri
        if first == last and last + 1 < len(tokens) and tokens[last + 1].text in _NAMED_ON:
            return None
        if len(key) <= _AS_HEARD:
            spelt = "".join(token.text for token in words)
            near = heard in known.heard if len(key) > _AS_SPELT else spelt in known.spelt
            if not near or not (
                self._is_before_place(tokens, last) or _stands(text, tokens, first, last, ground)
            ):
                return None
        return known

    def _is_before_place(self, tokens: Sequence[Token], last: int) -> bool:
        """Whether a place that is heard clearly follows: Mandawa Jhunjhunu."""
        behind = self._hear(tokens[last + 1].text).folded if last + 1 < len(tokens) else ""
        return len(behind) > _AS_HEARD and behind in self._known

    def _hear_word(self, word: str) -> _Heard:
        heard = _sound(word)
        folded = _fold(heard)
        begins = folded[:_BEGINNING] in self._beginnings
        return _Heard(heard, folded, self._meant(folded), begins)

    def _meant(self, word: str) -> str:
        """The word of a name that is one sound away; the word itself without one."""
        if word in self._words or len(word) < _WITH_A_SLIP - 1:
            return word
        longer = self._slips.get(word)
        if longer is not None:
            return longer
        for less in _one_less(word):
            if less in self._words:
                return less
            other = self._slips.get(less)
            if other is not None and len(other) == len(word) and _differ_once(other, word):
                return other
        return word

    def _learn(self, name: str, called: str) -> None:
        """Remember one more name of a place, with and without what stands in brackets."""
        for form in {called, _IN_BRACKETS.sub("", called)}:
            words = [token.text for token in split(normalise(form).text)]
            if not words:
                continue
            joined = "".join(words)
            sounds = [_sound(word) for word in words]
            for heard, count in (("".join(sounds), len(words)), (_sound(joined), 1)):
                key = _fold(heard)
                old = self._known.get(key, _Known(name, frozenset(), frozenset(), frozenset()))
                if old.name != name:
                    continue
                self._known[key] = _Known(
                    name, old.heard | {heard}, old.spelt | {joined}, old.words | {count}
                )
                self._beginnings.update(key[:at] for at in range(1, _BEGINNING + 1))
            least = _WITH_A_SLIP if len(words) == 1 else _WITH_A_SLIP - 1
            self._words.update(key for key in map(_fold, sounds) if len(key) >= least)


def offices_in(path: Path) -> Iterator[PlaceName]:
    """The offices of a list such as `data/discom/avvnl/offices.csv`, the smallest first."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: _ORDER.get(row["kind"], len(_ORDER)))
    for row in rows:
        name = _SILENT if row["kind"] in _NO_PLACES else row["name"]
        others = (row["name"], row["name_hi"], *row["aliases"].split(";"))
        yield PlaceName(name, tuple(filter(None, others)))


def _sound(word: str) -> str:
    """The sounds of a word that stay whoever writes it."""
    return sound_key(romanise(word))


def _fold(heard: str) -> str:
    """The sound with d and r as one: ड़ is written as either; and chowk as chauk."""
    return _OW.sub("o", _RH.sub("r", heard).replace("d", "r"))


def _one_less(word: str) -> Iterator[str]:
    """The word without one of its sounds; the first is never wrong."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _differ_once(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _stands(text: str, tokens: Sequence[Token], first: int, last: int, ground: Ground) -> bool:
    """Whether words stand where a place would: alone, before "me", behind another place."""
    if len(tokens) == last - first + 1:
        return True
    behind = [token.text for token in tokens[last + 1 : last + 3]]
    if behind and (behind[0] in _BEHIND or (behind[0] in _OF and behind[-1] in _BEHIND)):
        return True
    if text[tokens[last].end : tokens[last].end + 1] in _ENDS and last > first - 1 > 0:
        return True
    if not first:
        return False
    before = tokens[first - 1]
    return before.text in _BEFORE or any(
        it.entity == "place" and it.end == before.end for it in ground.found
    )
