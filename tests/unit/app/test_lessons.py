"""What was not understood comes out as Rasa NLU YAML that our own trainer reads."""

from pathlib import Path

from app.lessons import as_yaml
from bot.nlu.examples import Example, UnusableExamples, read_examples
from models.lesson import Lesson
from models.message import ENGLISH, HINDI

TAPPED = Lesson("paise: *, #1 bhejo", ENGLISH, "bill_pay", 0.4, chosen="payment_status")
OPEN = Lesson("मेरा नाम * है", HINDI, "contact_update", 0.25)


def read(tmp_path: Path, text: str) -> list[Example]:
    file = tmp_path / "lessons.yml"
    file.write_text(text, encoding="utf-8")
    try:
        return read_examples(file)
    except UnusableExamples:
        return []


def test_a_lesson_that_a_button_labelled_is_an_example(tmp_path: Path) -> None:
    expected = Example("paise: *, #1 bhejo", "payment_status", "en", "lessons")

    assert read(tmp_path, as_yaml([OPEN, TAPPED])) == [expected]


def test_a_lesson_without_a_label_is_a_comment_with_our_guess(tmp_path: Path) -> None:
    said = as_yaml([OPEN])

    assert read(tmp_path, said) == []
    assert "  # - intent: out_of_scope  # or contact_update?" in said
    assert "- मेरा नाम * है" in said


def test_with_the_comment_signs_away_it_is_an_example(tmp_path: Path) -> None:
    lines = as_yaml([TAPPED, OPEN]).splitlines()
    start = next(n for n, line in enumerate(lines) if "To label" in line)
    labelled = [line.replace("  # ", "  ", 1) for line in lines[start + 1 :]]

    found = read(tmp_path, "\n".join([*lines[:start], *labelled]))

    assert found[1:] == [Example("मेरा नाम * है", "out_of_scope", "hi", "lessons")]


def test_no_lessons_are_a_file_without_examples(tmp_path: Path) -> None:
    assert read(tmp_path, as_yaml([])) == []
