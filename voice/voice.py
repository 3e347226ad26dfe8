"""From a sentence's name and its facts to words in a language; nobody else knows one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from models.message import HINDI, ChannelName, Reply, Tag
from models.money import Money
from models.words import Masked, Month, Name, Say, Word
from voice.dates import Calendar
from voice.masking import graphemes, masked
from voice.money import rupees
from voice.segments import is_gsm7
from voice.sentences import Sentences

LOCALES = Path(__file__).parents[1] / "locales"
SMS = "-sms"  # a sentence's form for SMS: one registered template each
CHOICES = ("first", "second", "third")  # the facts by which an SMS names its choices


@dataclass(frozen=True, slots=True)
class Company:
    """Who is speaking; every sentence may name these without being told."""

    brand: str  # as it signs an SMS: `AVVNL`
    name: Name
    helpline: str
    sms_number: str = ""  # where the SMS route is one-way: the number to write to


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply in words: its text, and key and label of each option shown."""

    text: str
    options: tuple[tuple[str, str], ...]
    template: str = ""  # the sentence an SMS is


class Voice:
    """Says things in every language that has a folder in `locales/`."""

    def __init__(self, company: Company, folder: Path = LOCALES) -> None:
        self._tongues = {
            (tongue.tag, tongue.sms): tongue
            for home in sorted(folder.iterdir())
            for sentences in [Sentences(home)]
            for tongue in (
                _Tongue(sentences, company, sms=False),
                _Tongue(sentences, company, sms=True),
            )
        }

    def say(self, say: Say, tag: Tag, *, sms: bool = False) -> str:
        """One sentence; on SMS the form that is registered for it, named `NAME-sms`.

        Raises `Unsayable` when there is no such sentence or a fact of it is missing.
        """
        return self._tongues[tag, sms].say(say)

    def word(self, word: Word, tag: Tag, *, sms: bool = False) -> str:
        """A fact in the words of a language."""
        return str(self._tongues[tag, sms].word(word))

    def sentences(self, tag: Tag) -> Sentences:
        """Everything that can be said in a language."""
        return self._tongues[tag, True].sentences

    def known(self, tag: Tag) -> frozenset[str]:
        """The facts that every SMS may name without being told: they are the same for all."""
        return frozenset(self._tongues[tag, True].known)

    def reply(self, reply: Reply, tag: Tag, channel: ChannelName) -> Spoken:
        """A whole reply as one message of this channel.

        On SMS it is one sentence, and options are offered only where they are the question: then
        the sentence names them itself, as its facts `first`, `second` and `third`. What it does not
        name follows as numbered lines, and the SMS is no registered one. Elsewhere it is the
        channel's business how options are shown: as buttons, a list or numbered lines.
        """
        if channel is not ChannelName.SMS:
            tongue = self._tongues[tag, False]
            text = "\n".join(tongue.say(line) for line in reply.lines)
            return Spoken(text, tongue.options(reply))
        tongue = self._tongues[tag, True]
        said = reply.sms or reply.lines[0]
        return tongue.ask(said, reply) if reply.asks else Spoken(tongue.say(said), (), said.name)


class _Tongue:
    """One language, spoken at length or as SMS."""

    def __init__(self, sentences: Sentences, company: Company, *, sms: bool) -> None:
        self.tag = Tag(sentences.tag)
        self.sms = sms
        self.sentences = sentences
        self._calendar = Calendar(sentences)
        self._rupee = sentences.words("money-sms" if sms else "money", {})
        self._gsm7 = sms and is_gsm7(self._rupee)
        self.known: dict[str, str | int] = {
            "brand": company.brand,
            "company": self._named(company.name),
            "helpline": company.helpline,
            "to": sentences.words("sms-to-number", {"number": company.sms_number})
            if company.sms_number
            else sentences.words("sms-to", {}),
        }

    def say(self, say: Say) -> str:
        return self._filled(say.name + SMS if self.sms else say.name, say.facts)

    def ask(self, said: Say, reply: Reply) -> Spoken:
        """An SMS that is a question, with its choices."""
        labels = {name: option.label for name, option in zip(CHOICES, reply.options, strict=False)}
        words = self.say(Say(said.name, {**labels, **said.facts}))
        options = self.options(reply)
        told = self.sentences.facts(said.name + SMS)
        named = len(options) if CHOICES[0] in said.facts else sum(it in told for it in CHOICES)
        lines = [f"{place} {label}" for place, (_, label) in enumerate(options, 1)][named:]
        return Spoken("\n".join((words, *lines)), options, "" if lines else said.name)

    def options(self, reply: Reply) -> tuple[tuple[str, str], ...]:
        return tuple((option.key, self._within(option.label)) for option in reply.options)

    def _within(self, say: Say) -> str:
        """A sentence inside another, or a label: short already, so its form for SMS is optional."""
        short = self.sms and say.name + SMS in self.sentences
        return self._filled(say.name + SMS if short else say.name, say.facts)

    def _filled(self, name: str, facts: Mapping[str, Word]) -> str:
        told: dict[str, str | int] = {}
        for fact in self.sentences.facts(name):
            if fact in facts:
                told[fact] = self.word(facts[fact])
            elif fact in self.known:
                told[fact] = self.known[fact]
        return self.sentences.words(name, told)

    def word(self, word: Word) -> str | int:
        match word:
            case str() | int():
                return word
            case Money():
                return rupees(word, symbol=self._rupee)
            case datetime():
                return self._calendar.moment(word)
            case date():
                return self._calendar.day(word)
            case Masked():
                return self._masked(word)
            case Month():
                return self._calendar.month(word)
            case Say():
                return self._within(word)
            case Name():
                return self._named(word)

    def _masked(self, name: Masked) -> str:
        first, second = (name.hi, name.en) if self.tag == HINDI else (name.en, name.hi)
        shown = masked(first or second)
        if self._gsm7 and not is_gsm7(shown):
            # One Devanagari letter would make the whole SMS twice as long.
            return "".join(letter if is_gsm7(letter) else "*" for letter in graphemes(shown))
        return shown

    def _named(self, name: Name) -> str:
        if self.tag == HINDI:
            return (name.sms_hi if self.sms else "") or name.hi or name.en
        return (name.sms_en if self.sms else "") or name.en
