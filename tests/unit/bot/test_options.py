"""A key says everything that a tap needs."""

import pytest

from bot.options import Wish, key, read_key
from models.k_number import KNumber

K = KNumber("901010000123")


@pytest.mark.parametrize(
    "wish",
    [
        Wish("help"),
        Wish("bill_pay", (K,)),
        Wish("bill_pay", (K,), {"paise": "50000"}),
        Wish("language_change", facts={"language": "hi-Latn"}),
    ],
)
def test_a_key_reads_back_as_it_was_written(wish: Wish) -> None:
    k = wish.k_numbers[0] if wish.k_numbers else None

    assert read_key(key(wish.intent, k, **wish.facts)) == wish


@pytest.mark.parametrize("text", ["", "bill_pay:12", "bill_pay:abc", "a b", "<script>", "1"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the message is the text itself
        read_key(text)


@pytest.mark.parametrize(
    "fact",
    [
        "email=nobody at all",
        "nickname=" + "a" * 200,
        "words=Pay to 901010000456",
        "code=0123456789abcdef",
        "reading=abc",
        "reading=-5",
        "reading=12345678",
        "mobile=+919829012345",
    ],
)
def test_a_key_made_by_hand_cannot_say_what_no_button_of_ours_says(fact: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the message is the text itself
        read_key(f"account_add:{K}:{fact}")


def test_a_key_made_by_hand_that_names_a_connection_twice_means_it_once() -> None:
    assert read_key(f"bill_pay:{K}:{K}").k_numbers == (K,)


def test_a_mobile_number_stands_in_no_key() -> None:
    told = key("contact_update", K, what="mobile", mobile="+919829012345")

    assert told == f"contact_update:{K}:what=mobile"


def test_keys_fit_telegram_s_sixty_four_bytes() -> None:
    longest = key("payment_receipt", K, paise="999999999999", language="hi-Latn")

    assert len(longest.encode()) <= 64
