"""Which language a message is in."""

from datetime import datetime

import pytest

from bot.nlu.understand import Understander, as_json

ENGLISH = """
where do I see what I owe
please tell me when the payment is due
the money has left my account but nothing happened
could you explain these charges to me
my father wants to know how much it is
is it possible to pay next week instead
what happens if I pay late
thank you for your help today
K no 901010000123 what is the amount
i have already paid this yesterday
"""
ROMANISED = """
mujhe apna bil dekhna tha bhaiya
paisa kab tak dena padega
k no 901010000123 bill kitna
kal maine paise bhare the aaye kya
ye charge kis liye lagaya hai
mharo bil kitro hai
rasid bhej do bhai
samajh nahi aa raha kya karu
thoda time de dijiye
aap kaun ho
"""
NONE = [
    "901010000123",
    "2",
    "500",
    "👍",
    "🙏🙏",
    "",
    "   ",
    "?",
    "...",
    "bill",
    "pay",
    "ok",
    "₹500",
]


@pytest.mark.parametrize("text", ENGLISH.strip().splitlines())
def test_english(understander: Understander, now: datetime, text: str) -> None:
    assert understander.understand(text, now).language == "en"


@pytest.mark.parametrize("text", ROMANISED.strip().splitlines())
def test_romanised_hindi(understander: Understander, now: datetime, text: str) -> None:
    assert understander.understand(text, now).language == "hi-Latn"


@pytest.mark.parametrize(
    "text", ["बिल कितना है", "मेरा bill दिखाओ", "K no 901010000123 का बिल", "हां"]
)
def test_devanagari(understander: Understander, now: datetime, text: str) -> None:
    assert understander.understand(text, now).language == "hi"


@pytest.mark.parametrize("text", NONE)
def test_no_language(understander: Understander, now: datetime, text: str) -> None:
    assert understander.understand(text, now).language == ""


@pytest.mark.parametrize("text", ["বিল কত", "எனது பில்"])
def test_a_language_that_is_not_ours_is_none(
    understander: Understander, now: datetime, text: str
) -> None:
    assert understander.understand(text, now).language == ""


def test_parse_always_names_one_of_the_three(understander: Understander, now: datetime) -> None:
    named = [as_json(t, understander.understand(t, now))["language"] for t in ("bill", "2", "हां")]

    assert named == ["en", "hi", "hi"]
