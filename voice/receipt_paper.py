"""A receipt, as an A4 sheet."""

from __future__ import annotations

from models.paper import ReceiptPaper
from models.payment import mode_word
from voice.sheet import Sheet
from voice.voice import Voice


def draw_receipt(paper: ReceiptPaper, voice: Voice) -> bytes:
    """What arrived, when, how and for whom; the name is masked, as anybody may ask for it."""
    receipt = paper.receipt
    sheet = Sheet(voice, paper.tag, made_on=receipt.paid_on)
    sheet.head("paper-receipt")
    sheet.boxes(
        [
            ("paper-received", sheet.value(receipt.amount)),
            ("paper-received-on", sheet.value(receipt.paid_on)),
        ]
    )
    sheet.columns(
        [
            ("paper-receipt-number", receipt.number),
            ("paper-mode", sheet.value(mode_word(receipt.mode))),
            ("paper-payment-id", receipt.gateway_payment_id),
        ],
        [
            ("paper-k-number", receipt.k_number),
            ("paper-name", sheet.value(paper.name)),
            ("paper-bill-number", receipt.bill_number),
            ("paper-office", sheet.value(paper.office) if paper.office else ""),
        ],
    )
    sheet.foot(paper.helpline)
    return sheet.finish("paper-receipt")
