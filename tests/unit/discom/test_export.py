"""The day's payments, as the billing system reads them."""

import io
from datetime import date

from discom.export import write_collections
from models.k_number import KNumber
from models.money import Money
from models.payment import PaidReceipt


def test_payments_are_written_in_rupees_with_what_they_came_by() -> None:
    out = io.StringIO()
    k, day = KNumber("014010000123"), date(2026, 11, 23)

    write_collections(
        [
            PaidReceipt("RCP-1", k, Money(124_050), day, "UPI", "pay_1", "B1"),
            PaidReceipt("RCP-2", k, Money(-5), day, "UPI", "pay_2"),
        ],
        out,
    )

    assert out.getvalue().splitlines() == [
        "k_number,receipt_number,paid_on,amount,mode,gateway_payment_id,bill_number",
        "014010000123,RCP-1,2026-11-23,1240.50,UPI,pay_1,B1",
        "014010000123,RCP-2,2026-11-23,-0.05,UPI,pay_2,",
    ]


def test_a_day_without_payments_is_a_header() -> None:
    out = io.StringIO()

    write_collections([], out)

    assert out.getvalue().count("\n") == 1
