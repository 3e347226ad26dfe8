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


def test_keys_fit_telegram_s_sixty_four_bytes() -> None:
    longest = key("payment_receipt", K, paise="999999999999", language="hi-Latn")

    assert len(longest.encode()) <= 64
