"""Papers that nobody draws: an address and a name for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.consumer import Account
from models.errors import Temporary
from models.k_number import KNumber
from models.message import Attachment, Tag

TOKEN = "AAAAAAECAwQFBgcICQoLDA0O"


@dataclass(slots=True)
class FakePapers:
    """As `bot.ports.Papers`; gives every paper at once."""

    broken: bool = False  # the printer does not answer

    async def bill(self, account: Account, tag: Tag, now: datetime) -> Attachment | None:
        """The copy of the account's bill."""
        if account.bill is None:
            return None
        month = f"{account.bill.month.year}-{account.bill.month.month:02d}"
        return self._paper(f"bill-{account.consumer.k_number}-{month}.pdf", "application/pdf")

    async def receipt(self, k: KNumber, tag: Tag, now: datetime) -> Attachment | None:
        """The last receipt."""
        return self._paper(f"receipt-{k}.pdf", "application/pdf")

    async def consumption(self, k: KNumber, tag: Tag, now: datetime) -> Attachment | None:
        """The picture of a year."""
        return self._paper(f"units-{k}.png", "image/png")

    def _paper(self, name: str, mime: str) -> Attachment:
        if self.broken:
            raise Temporary
        return Attachment(f"https://bijli.avvnl.example/media/{TOKEN}", name, mime)
