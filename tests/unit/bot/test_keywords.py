"""The keyword grammar: one word first, nothing but its arguments after it."""

import pytest

from bot.keywords import match
from bot.options import Wish
from models.k_number import KNumber
from tests.unit.bot.meanings import meaning

K = KNumber("901010000123")
OTHER = KNumber("901010000131")


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("BILL", Wish("bill_view")),
        ("bill 9010 1000 0123", Wish("bill_view", (K,))),
        ("Bill 901010000123.", Wish("bill_view", (K,))),
        ("बिल ९०१०१००००१२३", Wish("bill_view", (K,))),
        ("BILL K no. 9010-1000-0123", Wish("bill_view", (K,))),
        ("BILL 901010000123, 901010000131", Wish("bill_view", (K, OTHER))),
        ("BILL 2", Wish("bill_view", facts={"place": "2"})),
        ("/bill 901010000123", Wish("bill_view", (K,))),
        ("/bill@BijliSaathiBot 901010000123", Wish("bill_view", (K,))),
        ("PAY 9010 1000 0123", Wish("bill_pay", (K,))),
        ("pay 901010000123 500", Wish("bill_pay", (K,), {"paise": "50000"})),
        ("PAY 901010000123 5000", Wish("bill_pay", (K,), {"paise": "500000"})),
        ("PAY 901010000123 Rs.500", Wish("bill_pay", (K,), {"paise": "50000"})),
        ("PAY 901010000123 50", Wish("bill_pay", (K,), {"paise": "5000"})),
        ("BILL 9829012345", Wish("bill_view", facts={"mobile": "yes"})),
        ("BILL 9010", Wish("bill_view")),
        ("PAY 500", Wish("bill_pay", facts={"paise": "50000"})),
        ("PAY 1", Wish("bill_pay", facts={"place": "1"})),
        ("PAY 901010000123 OFFLINE", Wish("bill_pay", (K,), {"offline": "yes"})),
        ("JAMA 901010000123", Wish("bill_pay", (K,))),
        ("भुगतान 901010000123", Wish("bill_pay", (K,))),
        ("DUE 901010000123", Wish("bill_due_date", (K,))),
        ("तारीख 901010000123", Wish("bill_due_date", (K,))),
        ("RECEIPT 901010000123", Wish("payment_receipt", (K,))),
        ("रसीद", Wish("payment_receipt")),
        ("HELP", Wish("help")),
        ("मदद", Wish("help")),
        ("HINDI", Wish("language_change", facts={"language": "hi"})),
        ("hinglish", Wish("language_change", facts={"language": "hi-Latn"})),
        ("ENGLISH", Wish("language_change", facts={"language": "en"})),
        ("CANCEL", Wish("cancel")),
        ("रद्द", Wish("cancel")),
        ("पीछे", Wish("back")),
        ("/start", Wish("greet")),
        ("/start a7Qx_91", Wish("greet")),
    ],
)
def test_a_keyword_with_its_arguments_is_a_wish(text: str, wish: Wish) -> None:
    found = match(text, meaning(text))

    assert found is not None
    assert found.wish == wish


@pytest.mark.parametrize(
    "text",
    [
        "bill kitna hai",
        "बिल कितना है 901010000123",
        "pay kaise karu",
        "HELP me",
        "due date kya hai",
        "बिजली का बिल",
        "hindi me batao",
        "BILL 2 baar aaya",
        "DUE 500",
        "",
        "901010000123",
    ],
)
def test_a_sentence_is_no_keyword(text: str) -> None:
    assert match(text, meaning(text)) is None
