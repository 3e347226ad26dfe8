"""The voice: sentences with their facts, in every language and on every channel."""

from datetime import date
from pathlib import Path

import pytest

from models.message import ENGLISH, HINDI, HINGLISH, ChannelName, Option, Reply, Tag
from models.money import Money
from models.words import Masked, Month, Name, Say, Word
from voice.sentences import Sentences, Unsayable
from voice.voice import Company, Voice

VOICE = Voice(Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912"))
BILL: dict[str, Word] = {
    "k": "901010000123",
    "who": Masked("Ramesh Kumar", "रमेश कुमार"),
    "month": Month(2026, 11),
    "amount": Money(1_240_00),
    "due": date(2026, 12, 5),
    "after": Money(1_264_00),
}


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        (ENGLISH, "The bill for Nov 2026 is ₹1,240, due on 5 Dec 2026."),
        (HINDI, "नवंबर 2026 का बिल ₹1,240 है। अंतिम तिथि: 5 दिसंबर 2026।"),
        (HINGLISH, "Nov 2026 ka bill ₹1,240 hai. Aakhri tareekh: 5 Dec 2026."),
    ],
)
def test_a_sentence_tells_its_facts(tag: Tag, words: str) -> None:
    assert VOICE.say(Say("bill-due", BILL), tag) == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        (
            ENGLISH,
            (
                "K 901010000123 R***** K****: bill Rs.1,240, due 5 Dec 2026; after that Rs.1,264. "
                "To pay SMS PAY 901010000123 -AVVNL"
            ),
        ),
        (
            HINDI,
            (
                "K 901010000123 र** कु**: बिल ₹1,240, 5 दिसंबर 2026 तक; बाद में ₹1,264। "
                "भुगतान: PAY भेजें। -AVVNL"
            ),
        ),
        (
            HINGLISH,
            (
                "K 901010000123 R***** K****: bill Rs.1,240, aakhri tareekh 5 Dec 2026, "
                "baad me Rs.1,264. Bharne ke liye PAY 901010000123 likhein -AVVNL"
            ),
        ),
    ],
)
def test_an_sms_is_a_sentence_of_its_own(tag: Tag, words: str) -> None:
    assert VOICE.say(Say("bill-due", BILL), tag, sms=True) == words


def test_where_nobody_can_reply_an_sms_names_the_number_to_write_to() -> None:
    voice = Voice(Company("AVVNL", Name("Ajmer Discom"), "1912", sms_number="92205 12345"))

    said = voice.say(Say("bill-due", BILL), ENGLISH, sms=True)

    assert said.endswith("To pay SMS PAY 901010000123 to 92205 12345 -AVVNL")


def test_a_missing_fact_is_an_error_and_never_printed() -> None:
    with pytest.raises(Unsayable, match="due"):
        VOICE.say(Say("bill-due", {"month": Month(2026, 11), "amount": Money(1)}), ENGLISH)


def test_a_sentence_nobody_wrote_is_an_error() -> None:
    with pytest.raises(Unsayable, match="moon-rise"):
        VOICE.say(Say("moon-rise"), HINDI)


def test_a_sentence_within_a_sentence_is_said_in_the_same_language_and_form() -> None:
    facts = {**BILL, "who": Say("who-as-on", {"date": date(2026, 11, 20)})}

    said = VOICE.say(Say("bill-due", facts), HINDI, sms=True)

    assert said.startswith("K 901010000123 20 नवंबर 2026 को: बिल ₹1,240")


def test_a_devanagari_name_does_not_make_an_english_sms_dearer() -> None:
    facts = {**BILL, "who": Masked("", "रमेश कुमार")}

    assert VOICE.say(Say("bill-due", facts), ENGLISH, sms=True).startswith(
        "K 901010000123 *** ***: bill"
    )


def test_a_name_without_hindi_is_said_as_it_is() -> None:
    facts: dict[str, Word] = {"office": Name("Beawar"), "phone": "1912"}

    assert VOICE.say(Say("connection-office", facts), HINDI) == "कार्यालय: Beawar। मदद: 1912"


REPLY = Reply(
    (Say("bill-due", BILL), Say("bill-after", BILL)),
    (Option("bill_pay:901010000123", Say("intent-bill_pay")),),
    sms=Say("bill-due", BILL),
)


def test_on_a_chat_channel_lines_make_one_message_with_options() -> None:
    spoken = VOICE.reply(REPLY, HINDI, ChannelName.TELEGRAM)

    assert spoken.text.splitlines() == [
        "नवंबर 2026 का बिल ₹1,240 है। अंतिम तिथि: 5 दिसंबर 2026।",
        "उसके बाद ₹1,264 देने होंगे।",
    ]
    assert spoken.options == (("bill_pay:901010000123", "भुगतान करें"),)


def test_on_sms_options_are_left_out_unless_they_are_the_question() -> None:
    spoken = VOICE.reply(REPLY, ENGLISH, ChannelName.SMS)

    assert spoken.options == ()
    assert spoken.template == "bill-due"


def test_a_question_by_sms_names_its_choices_in_its_own_words() -> None:
    names = ("bill_view", "bill_pay", "help")
    options = tuple(Option(name, Say(f"intent-{name}")) for name in names)

    spoken = VOICE.reply(
        Reply((Say("did-you-mean"),), options, asks=True), ENGLISH, ChannelName.SMS
    )

    assert spoken.text == ("What do you need? 1 See bill, 2 Pay, 3 Help: SMS the number -AVVNL")
    assert [key for key, _ in spoken.options] == list(names)
    assert spoken.template == "did-you-mean"


def test_choices_that_an_sms_does_not_name_follow_as_lines_and_make_it_no_registered_one() -> None:
    asked = Reply((Say("language-ask"),), REPLY.options, asks=True)

    spoken = VOICE.reply(asked, ENGLISH, ChannelName.SMS)

    assert spoken.text.splitlines()[1:] == ["1 Pay"]
    assert spoken.template == ""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a language, empty."""
    (tmp_path / "en").mkdir()
    return tmp_path / "en"


def test_a_percent_sign_is_only_a_percent_sign(home: Path) -> None:
    (home / "a.ftl").write_text("rate = 5% of { $amount }\nraise = { rate }!\n")

    assert Sentences(home).words("raise", {"amount": "₹1"}) == "5% of ₹1!"


def test_a_file_that_is_not_fluent_is_named(home: Path) -> None:
    (home / "a.ftl").write_text("rate = { $amount\n")

    with pytest.raises(Unsayable, match=r"a\.ftl"):
        Sentences(home)


def test_a_sentence_written_twice_is_named(home: Path) -> None:
    (home / "a.ftl").write_text("rate = one\n")
    (home / "b.ftl").write_text("rate = two\n")

    with pytest.raises(Unsayable, match="rate"):
        Sentences(home)


PLURAL = """
calls = { $count ->
    [one] One call, { $count } of { $all }
   *[other] { $count } calls
}
"""


def test_a_number_chooses_its_plural(home: Path) -> None:
    (home / "a.ftl").write_text(PLURAL)
    sentences = Sentences(home)

    said = [sentences.words("calls", {"count": count, "all": "₹1"}) for count in (1, 1200)]

    assert said == ["One call, 1 of ₹1", "1200 calls"]


def test_a_fact_missing_from_a_choice_of_words_is_an_error_too(home: Path) -> None:
    (home / "a.ftl").write_text(PLURAL)

    with pytest.raises(Unsayable, match="all"):
        Sentences(home).words("calls", {"count": 1})
