"""What is kept of a message that was not understood tells of no person."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lessons import awaited, lesson, masked
from bot.nlu.entities import find_entities, raw_entities
from bot.nlu.normalise import normalise
from bot.nlu.result import Entity, NluResult
from bot.nlu.tokens import split
from bot.options import Wish
from bot.router import Route
from models.conversation import Offered, Talk
from models.message import ENGLISH, HINGLISH, Reply

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MASKED = """
bill 901010000123 kab aayega|bill 000000000000 kab aayega
9829012345 pe sms bhejo|0000000000 pe sms bhejo
+91 98290-12345 badlo|+00 00000-00000 badlo
१२३४५ नंबर वाला मीटर|00000 नंबर वाला मीटर
otp 4821 aaya|otp 0000 aaya
mail Ramesh@Example.com pe|mail * pe
CMP-7K2M4Z ka kya hua|CMP-000000 ka kya hua
mera naam Ramesh Kumar hai|mera naam * hai
मेरा नाम रमेश कुमार है और लाइट नहीं है|मेरा नाम * है और लाइट नहीं है
my name is John Smith, wire is hot|my name is *, wire is hot
naam: Ram Lal|naam: *
main Sita Devi bol rahi hoon|main * bol rahi hoon
₹1,24,000 ka bill kyu|₹1,24,000 ka bill kyu
12345 rupaye jama kiye|12345 rupaye jama kiye
5 dec 2026 ko light gayi|5 dec 2026 ko light gayi
3 din se 250 unit|3 din se 250 unit
mera naam galat hai bill me|mera naam galat hai bill me
मेरा नाम बदलना है|मेरा नाम बदलना है
"""


def values(text: str) -> tuple[Entity, ...]:
    normal = normalise(text)
    return raw_entities(find_entities(normal.text, split(normal.text), NOW), normal)


@pytest.mark.parametrize("row", MASKED.strip().splitlines())
def test_numbers_names_and_addresses_are_masked_and_sums_stay(row: str) -> None:
    text, kept = row.split("|")

    assert masked(text, values(text)) == kept


@given(st.text(max_size=400))
def test_any_message_is_masked_into_one_printable_line(text: str) -> None:
    kept = masked(text, values(text))

    assert kept.isprintable()
    assert "[" not in kept


MEANING = NluResult("bill_pay", 0.4, (("bill_pay", 0.4), ("bill_view", 0.3)), (), "hi-Latn")
OFFER = Route(reply=Reply((), asks=True), missed=True, teaches=True)
OFFERED = (Offered("bill_pay", "Pay"), Offered("bill_view", "Bill"))


def test_a_message_not_understood_is_a_lesson() -> None:
    learnt = lesson(OFFER, "paisa 901010000123", MEANING, Talk(), ENGLISH)

    assert learnt is not None
    assert (learnt.text, learnt.tag) == ("paisa 000000000000", HINGLISH)
    assert (learnt.guessed, learnt.confidence, learnt.chosen) == ("bill_pay", 0.4, "")
    assert awaited(OFFER, learnt) == "paisa 000000000000"


def test_a_refusal_waits_for_no_choice() -> None:
    refused = Route(Wish("out_of_scope"), missed=True, teaches=True)
    learnt = lesson(refused, "mausam", MEANING, Talk(), ENGLISH)

    assert learnt is not None
    assert awaited(refused, learnt) == ""


def test_what_is_then_chosen_labels_the_message_before() -> None:
    before = Talk(missed="paisa 000000000000", offered=OFFERED)

    learnt = lesson(Route(Wish("bill_view")), "2", MEANING, before, ENGLISH)

    assert learnt is not None
    assert (learnt.text, learnt.chosen) == ("paisa 000000000000", "bill_view")


@pytest.mark.parametrize(
    "before", [Talk(offered=OFFERED), Talk(missed="paisa", offered=OFFERED[:1])]
)
def test_another_wish_labels_nothing(before: Talk) -> None:
    assert lesson(Route(Wish("bill_view")), "bill", MEANING, before, ENGLISH) is None
