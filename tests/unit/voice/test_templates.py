"""An SMS as the registry knows it."""

import shutil
from pathlib import Path

import pytest

from models.message import ENGLISH, HINDI, TAGS, Tag
from models.words import Name, Say
from voice.templates import findings, sms_names, template
from voice.voice import LOCALES, Company, Voice

LONGEST_LABEL = 20
COMPANY = Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912")
VOICE = Voice(COMPANY)


def found_with(folder: Path, sentence: str, tags: tuple[Tag, ...] = TAGS) -> list[str]:
    """What is found of a sentence that is said beside ours."""
    return [it for it in findings(voice_with(folder, sentence, tags)) if it.startswith("x (")]


def voice_with(folder: Path, sentence: str, tags: tuple[Tag, ...] = TAGS) -> Voice:
    """A voice that says one sentence more."""
    shutil.copytree(LOCALES, folder / "locales")
    for tag in tags:
        (folder / "locales" / tag / "more.ftl").write_text(f"{sentence}\n", "utf-8")
    return Voice(COMPANY, folder / "locales")


def test_facts_are_variables_and_the_company_is_fixed() -> None:
    made = template(VOICE, "payment-received", ENGLISH)

    assert made.text() == (
        "Received {#var#} for K {#var#} on {#var#}. Receipt {#var#}. Nothing is due now. -AVVNL"
    )
    assert [it.fact for it in made.variables] == ["amount", "k", "date", "receipt"]
    assert made.variables[2].longest == "30 Oct 2026"


def test_variables_can_say_what_they_hold() -> None:
    made = template(VOICE, "status-asked", HINDI)

    assert made.text(typed=True) == (
        "K {#numeric#}: {#alphanumeric#} अभी नहीं मिले। अभी भरा है तो 10 मिनट रुकें, "
        "वरना भरें: {#url#} -AVVNL"
    )


def test_where_to_write_is_fixed_text_of_the_route() -> None:
    one_way = Voice(Company("AVVNL", Name("Ajmer Discom"), "1912", sms_number="92205 12345"))

    assert template(one_way, "cancelled", ENGLISH).text() == (
        "All right, nothing was changed. For your bill SMS BILL to 92205 12345 -AVVNL"
    )


def test_a_template_holds_what_is_said_from_it_and_nothing_else() -> None:
    made = template(VOICE, "trouble", ENGLISH)
    said = VOICE.say(Say("trouble", {"reference": "7K2M4QX9"}), ENGLISH, sms=True)

    assert made.holds(said)
    assert not made.holds(f"{said} For Hindi SMS HINDI")
    assert not made.holds(said.replace("Sorry,", "Sorry"))


def test_words_within_an_sms_are_no_template_of_their_own() -> None:
    names = sms_names(VOICE.sentences(ENGLISH))

    assert not [it for it in names if it.startswith(("charge-", "who-", "want-", "money"))]


@pytest.mark.parametrize(
    ("sentence", "finding"),
    [
        ("x-sms = Bill { $novel } -{ $brand }", "does not say how long $novel can be"),
        ("x-sms = { $amount } is due -{ $brand }", "begins with a variable"),
        ("x-sms = { $brand }: pay { $amount }", "ends with a variable"),
        ("x-sms = Pay your bill", "does not say who sends it"),
        (f"x-sms = {'Bill ' * 70}-{{ $brand }}", "takes 3 segments at worst"),
        (
            "x-sms = { $count ->\n    [one] One bill\n   *[other] Bills\n } -{ $brand }",
            "chooses among words",
        ),
    ],
)
def test_what_cannot_be_registered_is_found(tmp_path: Path, sentence: str, finding: str) -> None:
    found = [it for it in found_with(tmp_path, sentence) if it.startswith("x (en)")]

    assert len(found) == 1
    assert finding in found[0]


def test_a_letter_outside_gsm_7_is_found_but_not_in_hindi(tmp_path: Path) -> None:
    found = found_with(tmp_path, "x-sms = “Paid” -{ $brand }")

    assert [it[:12] for it in found] == ["x (en) holds", "x (hi-Latn) "]


def test_a_language_without_the_sentence_is_found(tmp_path: Path) -> None:
    found = found_with(tmp_path, "x-sms = Paid -{ $brand }", (ENGLISH,))

    assert [it.partition(" can")[0] for it in found] == ["x (hi)", "x (hi-Latn)"]


def test_more_than_eighty_are_too_many(tmp_path: Path) -> None:
    many = "\n".join(f"x-{number}-sms = Paid {number} -{{ $brand }}" for number in range(80))

    found = [it for it in findings(voice_with(tmp_path, many)) if "at most 80" in it]

    assert len(found) == len(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_a_button_holds_its_label(tag: Tag) -> None:
    long = [
        label
        for name in VOICE.sentences(tag).names()
        if name.startswith("intent-")
        for label in [VOICE.say(Say(name), tag)]
        if len(label.encode("utf-16-le")) // 2 > LONGEST_LABEL
    ]

    assert not long
