"""Every SMS is counted at its worst: longest sums, dates, names and link."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from models.bill import IST
from models.message import HINDI, TAGS, ChannelName, Option, Reply, Tag
from models.money import Money
from models.words import Masked, Month, Name, Say, Word
from voice.segments import is_gsm7, segments
from voice.sentences import Sentences
from voice.voice import LOCALES, SMS, Company, Voice

LONGEST_LABEL = 20
NOTES = {  # not sent alone: a label, or a note beside another message
    "language-hi",
    "language-hi-Latn",
    "language-en",
}

SUM = Money(99_99_999_50)
DAY = date(2026, 10, 30)
MASKED = Masked("Ramesh Kumaran", "रामकिशोरलाल कुमारस्वामीजी")
WORST: dict[str, Word] = {
    "k": "901010000123",
    "old": "901010000123",
    "new": "901010000456",
    "name": MASKED,
    "who": MASKED,
    "month": Month(2026, 10),
    "amount": SUM,
    "after": SUM,
    "before": SUM,
    "paid": SUM,
    "left": SUM,
    "payable": SUM,
    "rest": SUM,
    "least": Money(100_00),
    "due": DAY,
    "date": DAY,
    "until": DAY,
    "units": 10_00_000,
    "count": 13,
    "digits": "9010100001234",
    "receipt": "PAY-9T3M8A",
    "number": "PAY-9T3M8A",
    "reference": "7K2M4QX9",
    "phone": "1800-180-6565",
    "url": "https://bijli.avvnl.example/p/7K2M4QX9ZZ",
}
COMPANY = Name("Ajmer Discom", "अजमेर डिस्कॉम")
VOICES = {
    "two-way": Voice(Company("AVVNL", COMPANY, "1912")),
    "one-way": Voice(Company("AVVNL", COMPANY, "1912", sms_number="92205 12345")),
}


def charges(sentences: Sentences) -> Iterator[str]:
    """Every charge that may stand in a breakdown."""
    return (name for name in sentences.names() if name.startswith("charge-") and SMS not in name)


def worst(name: str, sentences: Sentences) -> Iterator[dict[str, Word]]:
    """The facts of a sentence at their longest, once for each kind of fact it may be told."""
    told = {fact: WORST[fact] for fact in sentences.facts(name) if fact in WORST}
    if name == "k-number-half-sms":
        told["left"], told["digits"] = 10, "90"
    if name == "look-ups-used-up-sms":
        told["until"] = datetime(2026, 10, 30, 12, 10, tzinfo=IST)
    if name == "breakdown-sms":
        longest = max(charges(sentences), key=len)
        for first in charges(sentences):
            facts = {"amount": SUM}
            yield {**told, "first": Say(first, facts), "second": Say(longest, facts)}
        return
    yield told
    if "who" in told:
        yield {**told, "who": Say("who-as-on", {"date": DAY})}
        yield {**told, "who": Say("who-moved", {"old": "901010000123"})}


def messages(sentences: Sentences) -> list[str]:
    """The names of all sentences that leave as an SMS."""
    names = sentences.names()
    labels = {name for name in names if name.startswith(("charge-", "who-", "intent-"))}
    return sorted(
        name
        for name in names - labels
        if name.endswith(SMS) and name.removesuffix(SMS) not in NOTES and name != "money-sms"
    )


@pytest.mark.parametrize("route", VOICES)
@pytest.mark.parametrize("tag", TAGS)
def test_every_sms_fits_in_two_segments(tag: Tag, route: str) -> None:
    sentences, voice = Sentences(LOCALES / tag), VOICES[route]

    too_long = {
        said: counted.units
        for name in messages(sentences)
        for facts in worst(name, sentences)
        for said in [voice.say(Say(name.removesuffix(SMS), facts), tag, sms=True)]
        for counted in [segments(said)]
        if counted.parts > 2
    }

    assert not too_long, "\n".join(f"{units}: {said}" for said, units in too_long.items())


@pytest.mark.parametrize("route", VOICES)
@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag != HINDI])
def test_english_and_romanised_sms_stay_in_gsm_7(tag: Tag, route: str) -> None:
    sentences, voice = Sentences(LOCALES / tag), VOICES[route]

    outside = [
        said
        for name in messages(sentences)
        for facts in worst(name, sentences)
        for said in [voice.say(Say(name.removesuffix(SMS), facts), tag, sms=True)]
        if not is_gsm7(said)
    ]

    assert not outside


@pytest.mark.parametrize("tag", TAGS)
def test_every_sms_names_the_company(tag: Tag) -> None:
    sentences = Sentences(LOCALES / tag)

    unsigned = [
        name
        for name in messages(sentences)
        if "brand" not in sentences.facts(name) and name != "hindi-hint-sms"
    ]

    assert not unsigned


@pytest.mark.parametrize("tag", TAGS)
def test_a_button_holds_its_label(tag: Tag) -> None:
    sentences = Sentences(LOCALES / tag)

    long = [
        label
        for name in sentences.names()
        if name.startswith("intent-")
        for label in [VOICES["two-way"].say(Say(name), tag)]
        if len(label.encode("utf-16-le")) // 2 > LONGEST_LABEL
    ]

    assert not long


@pytest.mark.parametrize("tag", TAGS)
def test_a_question_with_three_choices_fits_in_two_segments(tag: Tag) -> None:
    voice, sentences = VOICES["one-way"], Sentences(LOCALES / tag)
    longest = sorted(
        (name for name in sentences.names() if name.startswith("intent-")),
        key=lambda name: -len(voice.say(Say(name), tag)),
    )[:3]
    options = tuple(Option(name, Say(name)) for name in longest)

    spoken = voice.reply(Reply((Say("did-you-mean"),), options, asks=True), tag, ChannelName.SMS)

    shown = "\n".join((spoken.text, *(f"1 {label}" for _, label in spoken.options)))
    assert segments(shown).parts <= 2
