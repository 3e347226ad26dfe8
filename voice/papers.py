"""From a paper's values to its file: a PDF or a picture, the same bytes for the same values.

The libraries that draw are imported at the first paper, as most processes never print one.
"""

from __future__ import annotations

from models.paper import BillPaper, ConsumptionPaper, Paper, Printed, ReceiptPaper
from voice.voice import Voice

PDF, PNG = "application/pdf", "image/png"


def printed(paper: Paper, voice: Voice) -> Printed:
    """Draw a paper in its language."""
    match paper:
        case BillPaper():
            from voice.bill_paper import draw_bill

            return Printed(_name("bill", paper, "pdf"), PDF, draw_bill(paper, voice))
        case ReceiptPaper():
            from voice.receipt_paper import draw_receipt

            return Printed(_name("receipt", paper, "pdf"), PDF, draw_receipt(paper, voice))
        case ConsumptionPaper():
            from voice.consumption_paper import draw_consumption

            return Printed(_name("units", paper, "png"), PNG, draw_consumption(paper, voice))


def _name(what: str, paper: Paper, ending: str) -> str:
    about = "".join(it for it in paper.about if it.isalnum() or it == "-")
    if isinstance(paper, BillPaper):
        about = f"{paper.bill.month.year}-{paper.bill.month.month:02d}"
    return f"{what}-{paper.k_number}-{about}.{ending}"
