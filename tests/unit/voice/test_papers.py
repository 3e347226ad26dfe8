"""Papers show what they should, the same bytes each time, in letters joined as they are written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import uharfbuzz  # type: ignore[import-untyped]  # it comes without types
from PIL import Image, ImageColor, ImageFont, features

from models.bill import Bill, Charges
from models.consumption import consumption
from models.k_number import KNumber
from models.message import ENGLISH, HINDI, TAGS, Tag
from models.money import NOTHING, Money
from models.paper import BillPaper, ConsumptionPaper, Paper, ReceiptPaper, key_of
from models.payment import PaidReceipt
from models.words import Masked, Month, Name
from tests.pdf_text import lines, written
from voice.consumption_paper import BARS_FROM, OWN, PAPER, ROW, SHARED, TOP, WIDTH
from voice.papers import printed
from voice.sheet import FAMILY, FONTS, Sheet
from voice.voice import Company, Voice

VOICE = Voice(Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912"))
K = KNumber("901010000123")
BILL = Bill(
    number="0100001232611",
    k_number=K,
    month=Month(2026, 11),
    billed_on=date(2026, 11, 9),
    due_on=date(2026, 11, 24),
    previous_reading=4300,
    current_reading=4452,
    units=152,
    charges=replace(
        Charges(*(NOTHING,) * 13), fixed=Money(250_00), energy=Money(952_00), subsidy=Money(150_00)
    ),
    amount=Money(1_240_00),
    amount_after_due=Money(1_264_80),
    paid=Money(500_00),
    paid_on=date(2026, 11, 22),
    receipt="PAY-9T3M8A",
    covers_from=date(2026, 10, 9),
    covers_to=date(2026, 11, 8),
)
LONGEST = 100_000  # bytes: a phone on a weak network fetches it


def bill_paper(tag: Tag = ENGLISH, bill: Bill = BILL) -> BillPaper:
    """The copy of a bill."""
    return BillPaper(
        tag=tag,
        bill=bill,
        name=Name("Ramesh Kumar Sharma", "रमेश कुमार शर्मा"),
        address="House 123 Vaishali Nagar Ajmer 305001",
        office=Name("Vaishali Nagar", "वैशाली नगर"),
        helpline="0145-2600000",
        category="LT-1",
        load_watts=2500,
        phase=1,
        meter_number="AJCK0000123",
        cheque_due_on=date(2026, 11, 21),
    )


def receipt_paper(tag: Tag = ENGLISH) -> ReceiptPaper:
    """A receipt."""
    receipt = PaidReceipt(
        "PAY-9T3M8A", K, Money(1_240_00), date(2026, 11, 22), "upi", "pay_Qw12", "0100001232611"
    )
    return ReceiptPaper(tag, receipt, Masked("Ramesh Kumar", "रमेश कुमार"), None, "")


def consumption_paper(tag: Tag = ENGLISH, units: int = 152) -> ConsumptionPaper:
    """A year, one bill of which was for two months, and one month of which is not known."""
    year = consumption(
        [
            replace(BILL, units=units),
            replace(BILL, month=Month(2026, 9), units=380, covers_from=date(2026, 7, 9)),
        ]
    )
    assert year is not None
    return ConsumptionPaper(tag, K, year)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("make", [bill_paper, receipt_paper, consumption_paper])
def test_a_paper_is_small_and_the_same_bytes_each_time(
    make: Callable[[Tag], Paper], tag: Tag
) -> None:
    first, again = printed(make(tag), VOICE), printed(make(tag), VOICE)

    assert first == again
    assert len(first.body) <= LONGEST


def test_a_bill_copy_shows_what_the_companys_own_does() -> None:
    shown = written(printed(bill_paper(), VOICE).body)

    for it in (
        K,
        "Ramesh Kumar Sharma",
        "House 123 Vaishali Nagar",
        "0100001232611",
        "Nov 2026",
        "₹1,240",
        "₹1,264.80",
        "24 Nov 2026",
        "2.5 kW",
        "4300",
        "4452",
        "152",
        "₹952",
        "-₹150",
        "PAY-9T3M8A",
        "AJCK0000123",
        "Electricity bill (copy)",
        "बिजली का बिल",
        "Helpline 0145-2600000",
    ):
        assert it in shown, it


def test_a_bill_copy_in_hindi_speaks_hindi_first_and_english_beside_it() -> None:
    shown = written(printed(bill_paper(HINDI), VOICE).body)

    assert shown.index("देय राशि") < shown.index("Amount payable")
    assert "24 नवंबर 2026" in shown
    assert "24 Nov 2026" not in shown


def test_a_receipt_names_nobody_in_full() -> None:
    shown = written(printed(receipt_paper(), VOICE).body)

    assert "PAY-9T3M8A" in shown
    assert "₹1,240" in shown
    assert "R***** K****" in shown
    assert "Ramesh" not in shown
    assert "रमेश" not in shown


def test_money_in_the_consumers_favour_is_not_called_payable() -> None:
    credit = replace(BILL, amount=Money(-300_00), amount_after_due=NOTHING)

    shown = written(printed(bill_paper(ENGLISH, credit), VOICE).body)

    assert "In your favour" in shown
    assert "Amount payable" not in shown


def test_a_long_address_stays_on_the_sheet() -> None:
    long = replace(bill_paper(), address="Plot 12 near the old grain market " * 8)

    text = written(printed(long, VOICE).body)

    assert "grain market" in text
    assert "…" in text


def test_a_bill_of_every_charge_and_the_longest_values_ends_above_the_foot() -> None:
    sheet = Sheet(VOICE, HINDI, made_on=date(2026, 11, 9))
    long = " ".join(["बहुत लंबा पता और नाम"] * 8)
    sheet.head("paper-bill")
    sheet.boxes([("paper-amount", "₹1")])
    sheet.columns([("paper-name", long)] * 4 + [("paper-office", "x")] * 4, [])

    sheet.make_room(17)
    sheet.table("paper-charges", [("paper-charge-fixed", "₹1")] * 13, ("paper-total", "₹13"))
    sheet.rows([("paper-paid", "₹1")] * 3)
    ends = sheet.y

    sheet.foot("")
    assert ends < sheet.y
    assert sheet.finish("paper-bill")


@pytest.mark.parametrize(
    ("word", "glyphs"),
    [
        ("क्ष", 1),  # a conjunct is one letter
        ("र्म", 2),  # the r is a hook above what follows
        ("कि", 2),
        ("विद्युत", 5),  # द्य joins, and its virama is not seen
    ],
)
def test_devanagari_is_joined_in_a_pdf(word: str, glyphs: int) -> None:
    sheet = Sheet(VOICE, HINDI, made_on=date(2026, 11, 9))
    sheet.write(20, 20, 100, word, size=12)

    [line] = lines(sheet.finish("paper-bill"))

    assert len(line) == glyphs


def test_pillow_joins_devanagari_too() -> None:
    assert features.check("raqm")
    path = FONTS / f"{FAMILY}-Regular.ttf"
    joined = ImageFont.truetype(path, 40, layout_engine=ImageFont.Layout.RAQM)
    loose = ImageFont.truetype(path, 40, layout_engine=ImageFont.Layout.BASIC)

    for word in ("क्ष", "र्म", "विद्युत"):
        assert joined.getlength(word) < loose.getlength(word)
    assert bytes(joined.getmask("कि")) != bytes(loose.getmask("कि"))


def test_the_font_has_every_letter_that_our_papers_use() -> None:
    needed = set("".join(VOICE.sentences(tag).words("paper-units", {}) for tag in TAGS))
    needed |= set(map(chr, range(0x20, 0x7F))) | set("₹–’·…") | set(map(chr, range(0x901, 0x940)))

    for weight in ("Regular", "Bold"):
        file = uharfbuzz.Blob.from_file_path(FONTS / f"{FAMILY}-{weight}.ttf")
        known = set(map(chr, uharfbuzz.Face(file).unicodes))
        assert not needed - known


def middle(month: int) -> int:
    """How far down a month's bar is."""
    return TOP + month * ROW + ROW // 2


def near(pixel: object, colour: str) -> bool:
    """Whether a pixel has a colour, as far as few colours allow."""
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 12 for a, b in zip(pixel, ImageColor.getrgb(colour), strict=True))


def test_the_picture_of_consumption_is_as_wide_as_a_phone_and_shows_a_gap() -> None:
    paper = consumption_paper()
    picture = Image.open(BytesIO(printed(paper, VOICE).body)).convert("RGB")

    assert picture.width == WIDTH
    own, gap, shared = (picture.getpixel((BARS_FROM + 4, middle(it))) for it in (11, 10, 9))
    assert near(own, OWN)
    assert near(gap, PAPER)
    assert near(shared, SHARED)


def test_any_change_of_what_is_shown_is_another_paper() -> None:
    papers: list[Paper] = [
        bill_paper(),
        bill_paper(HINDI),
        replace(bill_paper(), address="Elsewhere"),
        bill_paper(ENGLISH, replace(BILL, paid=Money(600_00))),
        bill_paper(ENGLISH, replace(BILL, number="0100001232612")),
        receipt_paper(),
        consumption_paper(),
        consumption_paper(ENGLISH, 153),
    ]

    assert len({key_of(it) for it in papers}) == len(papers)
    assert key_of(bill_paper()) == key_of(bill_paper())


def test_a_files_name_is_plain() -> None:
    assert printed(bill_paper(HINDI), VOICE).name == f"bill-{K}-2026-11.pdf"
    assert printed(receipt_paper(HINDI), VOICE).name == f"receipt-{K}-PAY-9T3M8A.pdf"
    assert printed(consumption_paper(HINDI), VOICE).name == f"units-{K}-2026-11.png"
