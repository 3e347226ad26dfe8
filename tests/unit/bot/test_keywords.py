"""The keyword grammar: one word first, nothing but its arguments after it."""

import pytest

from bot.keywords import KEYWORDS, match
from bot.options import Wish
from models.k_number import KNumber
from models.message import ChannelName
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
        ("BILL 2", Wish("bill_view", facts={"places": "2"})),
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
        ("PAY 1", Wish("bill_pay", facts={"places": "1"})),
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
        ("PAY 1 3", Wish("bill_pay", facts={"places": "1,3"})),
        ("PAY 1, 3 aur 4", Wish("bill_pay", facts={"places": "1,3,4"})),
        ("PAY 1 500", Wish("bill_pay", facts={"places": "1", "paise": "50000"})),
        ("PAY 500.50", Wish("bill_pay", facts={"paise": "50050"})),
        ("PAY ALL", Wish("bill_pay", facts={"all": "yes"})),
        ("भुगतान सभी", Wish("bill_pay", facts={"all": "yes"})),
        ("BILL sab", Wish("bill_view", facts={"all": "yes"})),
        ("बिल सभी", Wish("bill_view", facts={"all": "yes"})),
        ("ADD 901010000123", Wish("account_add", (K,))),
        ("ADD K no. 9010 1000 0123 dukan", Wish("account_add", (K,), {"nickname": "dukan"})),
        ("जोड़ें 901010000123 खेत", Wish("account_add", (K,), {"nickname": "खेत"})),
        ("ADD 901010000123, shop 2.", Wish("account_add", (K,), {"nickname": "shop 2"})),
        ("ADD 901010000123 901010000131", Wish("account_add", (K, OTHER))),
        ("DEL 2", Wish("account_remove", facts={"places": "2"})),
        ("delete 1 3", Wish("account_remove", facts={"places": "1,3"})),
        ("हटाएँ 901010000123", Wish("account_remove", (K,))),
        ("WRONG 901010000123", Wish("account_remove", (K,), {"wrong": "yes"})),
        ("LIST", Wish("account_list")),
        ("सूची", Wish("account_list")),
        ("EMAIL", Wish("contact_update", facts={"what": "email"})),
        (
            "EMAIL Ram.K@Example.IN",
            Wish("contact_update", facts={"what": "email", "email": "Ram.K@example.in"}),
        ),
        ("ई-मेल a@b.in", Wish("contact_update", facts={"what": "email", "email": "a@b.in"})),
        ("OUT", Wish("outage_report")),
        ("बिजली 901010000123", Wish("outage_report", (K,))),
        ("OUT 2", Wish("outage_report", facts={"places": "2"})),
        ("NO", Wish("outage_report", facts={"still": "yes"})),
        ("नहीं", Wish("outage_report", facts={"still": "yes"})),
        ("COMP", Wish("complaint_new")),
        (
            "COMP K no. 901010000123: kal se meter band hai",
            Wish("complaint_new", (K,), {"words": "kal se meter band hai"}),
        ),
        ("शिकायत मीटर जल गया", Wish("complaint_new", facts={"words": "मीटर जल गया"})),
        ("STATUS", Wish("complaint_status")),
        ("STATUS cmp 7k2m4z", Wish("complaint_status", facts={"ref": "CMP-7K2M4Z"})),
        ("स्थिति NC-4R7P2R", Wish("complaint_status", facts={"ref": "NC-4R7P2R"})),
        ("NEW", Wish("connection_new")),
        ("READ 901010000123 4521", Wish("meter_reading_submit", (K,), {"reading": "4521"})),
        ("READ 4521.5", Wish("meter_reading_submit", facts={"reading": "4521.5"})),
        ("READ 45", Wish("meter_reading_submit", facts={"reading": "45"})),
        ("रीडिंग ४५२१", Wish("meter_reading_submit", facts={"reading": "4521"})),
        ("READ 901010000123 500 unit", Wish("meter_reading_submit", (K,), {"reading": "500"})),
        ("READ 2 4521", Wish("meter_reading_submit", facts={"places": "2", "reading": "4521"})),
        ("SUB 901010000123 901010000131", Wish("subscribe", (K, OTHER))),
        ("START", Wish("subscribe", facts={"again": "yes"})),
        ("STOP", Wish("unsubscribe")),
        ("बंद", Wish("unsubscribe", facts={"bare": "yes"})),
        ("COPY 901010000123", Wish("bill_copy", (K,))),
        ("CANCEL", Wish("cancel")),
        ("रद्द", Wish("cancel")),
        ("पीछे", Wish("back")),
        ("/start", Wish("greet")),
        ("/start a7Qx_91", Wish("greet")),
    ],
)
def test_a_keyword_with_its_arguments_is_a_wish(text: str, wish: Wish) -> None:
    found = match(text, meaning(text), ChannelName.WHATSAPP)

    assert found is not None
    assert found.wish == wish


@pytest.mark.parametrize("text", ["CANCEL", "end", "Quit"])
def test_what_twilio_takes_for_an_opt_out_is_one_on_sms(text: str) -> None:
    found = match(text, meaning(text), ChannelName.SMS)

    assert found is not None
    assert found.wish == Wish("unsubscribe", facts={"cancel": "yes"})


def test_no_word_means_two_things() -> None:
    said = [word for it in KEYWORDS for word in f"{it.english} {it.hindi} {it.hinglish}".split()]

    assert len(said) == len(set(said))


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
        "जोड़ें 901010000123 खेत का कुआं",
        "ADD 901010000123 please",
        "ADD 901010000123 a name that is much too long",
        "ADD dukan",
        "list of bills",
        "email not working",
        "OUT Vaishali Nagar",
        "no idea",
        "status kya hai",
        "new bill",
        "band karo",
    ],
)
def test_a_sentence_is_no_keyword(text: str) -> None:
    assert match(text, meaning(text), ChannelName.WHATSAPP) is None
