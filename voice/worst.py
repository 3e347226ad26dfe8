"""The longest that each fact of an SMS can be, since what is registered must hold it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from models.bill import IST
from models.money import Money
from models.words import Code, Masked, Month, Name, Say, Word
from voice.sentences import Sentences

SUM = Money(99_99_999_50)
DAY = date(2026, 10, 30)
MIDNIGHT = datetime(2026, 10, 30, tzinfo=IST)
NAME = Masked("Ramesh Kumaran", "रामकिशोरलाल कुमारस्वामीजी")
K = "901010000123"
INDUSTRY = Name("Medium industry", "मध्यम उद्योग")
OFFICE = Name("Kishangarh Industrial", "भीलवाड़ा शहर द्वितीय")
PAY_ADDRESS = Code("https://bijli.avvnl.example/p/7K2M4QX9ZZ")
REFERENCE = Code("CMP-7K2M4Z")
LABEL = "What is K-number now"  # twenty letters, the longest that a choice is called

WORST: Mapping[str, tuple[Word, ...]] = MappingProxyType(
    {
        "k": (K,),
        "old": (K,),
        "new": (K,),
        "name": (NAME,),
        "who": (
            NAME,
            Say("who-as-on", {"date": DAY}),
            Say("who-moved", {"old": K}),
        ),
        "month": (Month(2026, 10),),
        "amount": (SUM,),
        "after": (SUM,),
        "before": (SUM,),
        "paid": (SUM,),
        "left": (SUM,),
        "payable": (SUM,),
        "rest": (SUM,),
        "least": (SUM,),
        "due": (DAY,),
        "date": (DAY,),
        "until": (DAY,),
        "units": (10_00_000,),
        "average": (10_00_000,),
        "most": (10_00_000,),
        "highest": (Month(2026, 10),),
        "site": (Code("https://bijli.avvnl.example"),),
        "token": (Code("AAAAAAAAAAAAAAAAAAAAAAAA"),),
        "count": (13,),
        "digits": ("9010100001234",),
        "receipt": ("PAY-9T3M8A",),
        "reference": ("7K2M4QX9",),
        "phone": ("1800-180-6565",),
        "url": (PAY_ADDRESS,),
        "first": (LABEL,),
        "second": (LABEL,),
        "third": (LABEL,),
        "last": ("21",),
        "ends": ("..0123, ..0456 +23",),
        "code": ("482913",),
        "ref": (REFERENCE,),
        "reading": ("1234567.55",),
        "what": (Say("proof-for", {"what": LABEL, "k": K[-4:]}),),
    }
)
_PLACE: tuple[Word, ...] = (Say("k-number-place", {"place": 9, "k": K[-4:], "name": NAME}),)
_LISTED: tuple[Word, ...] = (Say("list-place", {"place": 25, "k": "0123 office", "amount": SUM}),)
_ONE_OR_MORE: tuple[Word, ...] = (K, Say("notices-several", {"count": 25}))
_ACCOUNTS = ("account-consent", "account-saved", "account-removed", "account-full")
_DUE_STATES = ("open", "part", "paid", "carried", "zero", "credit")
_BILLED: tuple[Word, ...] = tuple(
    Say("history-short", {"month": "10/26", "amount": SUM, "state": Say(f"history-short-{it}")})
    for it in _DUE_STATES
)
_RECEIVED: tuple[Word, ...] = (Say("payments-short", {"date": "30/10/26", "amount": SUM}),)
# Where one sentence is told something else under the same name.
_OF_ONE: Mapping[tuple[str, str], tuple[Word, ...]] = MappingProxyType(
    {
        ("look-ups-used-up", "until"): (MIDNIGHT,),
        ("instalment-ask", "least"): (Money(100_00),),
        ("proof-wrong", "left"): (4,),
        ("case-opened", "more"): (
            Say("case-wire-call"),
            Say("case-help-call"),
            Say("case-unnamed-call"),
        ),
        ("service", "office"): (OFFICE, Say("short-office"), Say("short-municipality")),
        ("case-unknown", "what"): (
            Say("case-from-here"),
            Say("case-under", {"ref": REFERENCE}),
            Say("case-under-check", {"ref": REFERENCE}),
        ),
        ("notices-on", "what"): (
            K,
            Say("notices-several", {"count": 25}),
            Say("notices-as-before"),
        ),
        **{(name, "what"): _ONE_OR_MORE for name in _ACCOUNTS},
        ("account-full", "most"): (25,),
        ("list-total", "count"): (25,),
        ("pay-several", "count"): (25,),
        **{
            (name, place): _LISTED
            for name in ("list-two", "list-three")
            for place in ("first", "second", "third")
        },
        **{("history-bills", place): _BILLED for place in ("first", "second", "third")},
        **{("history-payments", place): _RECEIVED for place in ("first", "second", "third")},
        ("reading-low", "last"): (1234567,),
        **{
            (name, place): _PLACE
            for name in ("k-number-choose", "k-number-choose-two")
            for place in ("first", "second", "third")
        },
    }
)


def _each(start: str) -> Callable[[Sentences], tuple[Word, ...]]:
    """Every sentence whose name begins so, said within another."""

    def candidates(sentences: Sentences) -> tuple[Word, ...]:
        names = [it for it in sentences.names() if it.startswith(start) and not it.endswith("-sms")]
        return tuple(
            Say(name, {fact: WORST[fact][0] for fact in sentences.facts(name) if fact in WORST})
            for name in sorted(names)
        )

    return candidates


_TWO_RATES = Say(
    "tariff-short-both",
    {
        "first": Say("tariff-short-to", {"units": 50, "amount": Money(4_75)}),
        "second": Say("tariff-short-to", {"units": 150, "amount": Money(6_50)}),
    },
)
_ONE_RATE = (
    Say("tariff-short-flat", {"category": INDUSTRY, "amount": Money(6_50)}),
    Say("tariff-short-above", {"units": 501, "amount": Money(10_50)}),
)


def _told_first(sentences: Sentences) -> tuple[Word, ...]:
    """Whatever an SMS on what an office does tells first: two rates have room there."""
    return (*_told_then(sentences), _TWO_RATES)


def _told_then(sentences: Sentences) -> tuple[Word, ...]:
    return (*_each("short-")(sentences), *_ONE_RATE)


def _topics(sentences: Sentences) -> tuple[Word, ...]:
    """Whatever such an SMS may be about."""
    groups = ("domestic", "non_domestic", "agriculture", "industry")
    return (
        LABEL,
        *(Say("tariff-short", {"group": Say(f"tariff-{it}"), "year": "2025-26"}) for it in groups),
    )


def _cases(sentences: Sentences) -> tuple[Word, ...]:
    """Whatever a case can be about, with the end of a K-number."""
    return tuple(Say("case-of", {"kind": it, "k": K[-4:]}) for it in _each("case-kind-")(sentences))


_OF_A_KIND: Mapping[tuple[str, str], Callable[[Sentences], tuple[Word, ...]]] = MappingProxyType(
    {
        ("breakdown", "first"): _each("charge-"),
        ("breakdown", "second"): _each("charge-"),
        ("hint", "want"): _each("want-"),
        ("case-opened", "what"): _cases,
        ("case-status", "what"): _cases,
        ("case-place-ask", "where"): _each("case-where-"),
        ("service", "what"): _topics,
        ("service", "first"): _told_first,
        ("service", "second"): _told_then,
        ("case-status", "state"): _each("case-state-"),
    }
)


def worst(name: str, fact: str, sentences: Sentences) -> tuple[Word, ...]:
    """What a sentence may be told at the longest, one for each kind of thing; none if not known."""
    of_a_kind = _OF_A_KIND.get((name, fact))
    if of_a_kind is not None:
        return of_a_kind(sentences)
    return _OF_ONE.get((name, fact)) or WORST.get(fact, ())
