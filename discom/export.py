"""The day's payments, as the billing system takes them in."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from models.payment import PaidReceipt

HEADER = (
    "k_number",
    "receipt_number",
    "paid_on",
    "amount",
    "mode",
    "gateway_payment_id",
    "bill_number",
)
PAISE_PER_RUPEE = 100


def write_collections(receipts: Iterable[PaidReceipt], out: TextIO) -> None:
    """Write receipts as CSV, in the columns of a `collections` import and two more.

    Amounts are rupees with two decimals; a refund is negative.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(
        (
            it.k_number,
            it.number,
            it.paid_on.isoformat(),
            _rupees(it.amount.paise),
            it.mode,
            it.gateway_payment_id,
            it.bill_number,
        )
        for it in receipts
    )


def _rupees(paise: int) -> str:
    whole, part = divmod(abs(paise), PAISE_PER_RUPEE)
    return f"{'-' if paise < 0 else ''}{whole}.{part:02d}"
