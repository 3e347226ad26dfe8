"""Every SMS as the template that an Indian registry (DLT) wants: fixed words, and variables.

What is sent must equal its template but for the variables. A choice among words has no template, so
a sentence for SMS makes none: where two cases differ, each is a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.message import HINDI, TAGS, Tag
from models.words import Say
from voice.segments import Segments, is_gsm7, segments
from voice.sentences import Sentences
from voice.voice import SMS, Voice
from voice.worst import worst

MOST = 80  # templates a language
PARTS = 2  # that an SMS may take at worst
LONGEST_WORD, LONGEST_URL = 30, 40  # characters of a variable
_PIECES = ("charge-", "who-", "want-", "money", "hindi-hint")  # said within an SMS, never alone
_BEGIN, _END = "\x02", "\x03"
_FACT = re.compile(f"{_BEGIN}([^{_END}]*){_END}")


class Kind(StrEnum):
    """What a variable may hold, as the registry calls it since 2026."""

    NUMERIC = "numeric"
    ALPHANUMERIC = "alphanumeric"
    URL = "url"
    PHONE = "cbn"


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact in a template."""

    fact: str
    kind: Kind
    longest: str  # its words at worst, which serve as the sample too

    @property
    def room(self) -> int:
        """The characters it may have."""
        return LONGEST_URL if self.kind is Kind.URL else LONGEST_WORD


@dataclass(frozen=True, slots=True)
class Template:
    """One SMS sentence in one language: its fixed words with the variables between them."""

    name: str
    tag: Tag
    pieces: tuple[str | Variable, ...]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables, in order."""
        return tuple(it for it in self.pieces if isinstance(it, Variable))

    def text(self, *, typed: bool = False) -> str:
        """As it is registered; `typed` says what each variable holds."""
        return "".join(
            it if isinstance(it, str) else f"{{#{it.kind if typed else 'var'}#}}"
            for it in self.pieces
        )

    @property
    def at_worst(self) -> str:
        """The text with every variable at its longest."""
        return "".join(it if isinstance(it, str) else it.longest for it in self.pieces)

    @property
    def segments(self) -> Segments:
        """How an operator counts it at worst."""
        return segments(self.at_worst)

    def holds(self, text: str) -> bool:
        """Whether a text is this template with its variables filled."""
        pattern = "".join(
            re.escape(it) if isinstance(it, str) else f".{{1,{it.room}}}" for it in self.pieces
        )
        return re.fullmatch(pattern, text) is not None


def sms_names(sentences: Sentences) -> list[str]:
    """The sentences that leave as an SMS, without their `-sms`."""
    return sorted(
        name.removesuffix(SMS)
        for name in sentences.names()
        if name.endswith(SMS) and not name.startswith(_PIECES)
    )


def template(voice: Voice, name: str, tag: Tag) -> Template:
    """The template of a sentence; raises `Unsayable` where there is none in this language."""
    sentences = voice.sentences(tag)
    facts = [fact for fact in sentences.facts(name + SMS) if fact not in voice.known(tag)]
    marked = {fact: f"{_BEGIN}{fact}{_END}" for fact in facts}
    cut = _FACT.split(voice.say(Say(name, marked), tag, sms=True))
    pieces = tuple(
        _variable(voice, name, it, tag) if place % 2 else it for place, it in enumerate(cut)
    )
    return Template(name, tag, tuple(it for it in pieces if it))


def templates(voice: Voice, tag: Tag) -> list[Template]:
    """Every template of a language."""
    return [template(voice, name, tag) for name in sms_names(voice.sentences(tag))]


def findings(voice: Voice) -> Iterator[str]:
    """What would keep an SMS from leaving, each in one plain sentence."""
    everywhere = {name for tag in TAGS for name in sms_names(voice.sentences(tag))}
    for tag in TAGS:
        sentences = voice.sentences(tag)
        names = sms_names(sentences)
        for name in sorted(everywhere - set(names)):
            yield f"{name} ({tag}) can leave without a template: locales/{tag} has no {name}{SMS}."
        if len(names) > MOST:
            yield f"{tag} has {len(names)} SMS sentences; at most {MOST} can be registered."
        for name in names:
            if sentences.chooses(name + SMS):
                yield (
                    f"{name} ({tag}) can leave without a template: it chooses among words; "
                    "write a sentence for each case."
                )
            else:
                yield from _of(template(voice, name, tag))
            if "brand" not in sentences.facts(name + SMS):
                yield f"{name} ({tag}) does not say who sends it: it needs {{ $brand }}."


def _of(it: Template) -> Iterator[str]:
    named = f"{it.name} ({it.tag})"
    for variable in dict.fromkeys(it.variables):
        if not variable.longest:
            yield f"{named}: voice/worst.py does not say how long ${variable.fact} can be."
        elif len(variable.longest) > variable.room:
            yield (
                f"{named}: ${variable.fact} can have {len(variable.longest)} characters, as in "
                f"“{variable.longest}”; a variable holds {variable.room}."
            )
    if it.segments.parts > PARTS:
        yield f"{named} takes {it.segments.parts} segments at worst, not {PARTS}: {it.at_worst}"
    if it.tag != HINDI and not is_gsm7(it.at_worst):
        odd = sorted({letter for letter in it.at_worst if not is_gsm7(letter)})
        yield f"{named} holds letters outside GSM-7, which halve the room: {' '.join(odd)}"
    for place, word in ((0, "begins"), (-1, "ends")):
        if isinstance(it.pieces[place], Variable):
            yield f"{named} {word} with a variable; a template may not."


def _variable(voice: Voice, name: str, fact: str, tag: Tag) -> Variable:
    candidates = worst(name, fact, voice.sentences(tag))
    longest = max((voice.word(it, tag, sms=True) for it in candidates), key=_units, default="")
    return Variable(fact, _kind(fact, longest), longest)


def _units(words: str) -> int:
    return segments(words).units


def _kind(fact: str, longest: str) -> Kind:
    if fact in {"url", "site"}:
        return Kind.URL
    if fact == "phone":
        return Kind.PHONE
    return Kind.NUMERIC if longest.isascii() and longest.isdigit() else Kind.ALPHANUMERIC
