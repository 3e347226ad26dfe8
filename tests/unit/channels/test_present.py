"""How options are shown."""

from channels.channel import Capabilities
from channels.present import Part, numbered, present
from models.message import Attachment

CHAT = Capabilities(
    buttons=3, rows=10, longest_label=20, longest_text=160, longest_row=24, longest_menu=60
)
SMS = Capabilities(buttons=0, rows=0, longest_label=0, longest_text=160)
PAPERS = Capabilities(
    buttons=3, rows=0, longest_label=20, longest_text=160, longest_menu=60, longest_caption=40
)
BILL, YEAR = Attachment("u/1", "bill.pdf", "application/pdf"), Attachment("u/2", "y", "image/png")
TWO = (("pay", "Pay now"), ("bill", "Show bill"))


def many(count: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"k{place}", f"Label {place}") for place in range(count))


def test_a_few_options_become_buttons() -> None:
    assert present("Hello", TWO, CHAT) == (Part("Hello", buttons=TWO),)


def test_more_options_become_a_list() -> None:
    assert present("Hello", many(4), CHAT) == (Part("Hello", rows=many(4)),)


def test_too_many_options_become_numbered_lines() -> None:
    (part,) = present("Hello", many(11), CHAT)

    assert part.text.splitlines()[0] == "Hello"
    assert part.text.splitlines()[11] == "11 Label 10"


def test_without_buttons_options_are_numbered_lines() -> None:
    assert present("Hello", TWO, SMS) == (Part("Hello\n1 Pay now\n2 Show bill"),)


def test_a_label_too_long_for_a_button_makes_a_list() -> None:
    options = (("a", "Twenty-two characters!"), ("b", "Short"))

    assert present("Hello", options, CHAT) == (Part("Hello", rows=options),)


def test_a_label_too_long_for_a_row_is_cut() -> None:
    (part,) = present("Hello", (("a", "Pay the whole amount of the bill"), ("b", "No")), CHAT)

    assert part.rows == (("a", "Pay the whole amount of…"), ("b", "No"))


def test_labels_that_would_look_alike_become_numbered_lines() -> None:
    options = (("a", "Connection 901010000123 one"), ("b", "Connection 901010000123 two"))

    (part,) = present("Hello", options, CHAT)

    assert part.text == numbered("Hello", options)


def test_a_long_text_has_its_options_under_the_last_part() -> None:
    text = "First sentence of many words. " * 8

    *before, last = present(text, TWO, CHAT)

    assert before
    assert not any(part.buttons for part in before)
    assert last.buttons == TWO
    assert len(last.text) <= 60
    assert " ".join(part.text for part in (*before, last)) == text.strip()


def test_a_text_without_options_is_left_alone() -> None:
    assert present("नमस्ते", (), CHAT) == (Part("नमस्ते"),)


def test_words_stand_under_the_last_paper() -> None:
    assert present("Both", (), PAPERS, (BILL, YEAR)) == (
        Part("", paper=BILL),
        Part("Both", paper=YEAR),
    )


def test_words_too_long_for_a_caption_begin_before_the_paper() -> None:
    first, second = "one " * 8 + "one.", "two " * 8 + "two."

    assert present(f"{first}\n{second}", (), PAPERS, (BILL,)) == (
        Part(first),
        Part(second, paper=BILL),
    )


def test_options_follow_the_papers_with_the_words() -> None:
    assert present("Your bill", TWO, PAPERS, (BILL,)) == (
        Part("", paper=BILL),
        Part("Your bill", buttons=TWO),
    )


def test_where_papers_are_not_shown_the_words_stand_alone() -> None:
    assert present("Your bill", (), SMS, (BILL,)) == (Part("Your bill"),)
