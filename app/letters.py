"""What we write by e-mail: the letter that confirms an address, and receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from app.papers import StoredPapers
from app.tokens import Tokens
from models.errors import Permanent
from models.message import Attachment, Tag
from models.money import Money
from models.words import Say
from storage import outbox
from voice.voice import Voice

CONFIRM, UNSUBSCRIBE = "e", "u"  # kinds of token, and the paths their pages stand at
TO_CONFIRM = timedelta(days=7)
PDF = "application/pdf"
RECEIPT = "receipt:"  # then its language and number: drawn when the mail leaves, not before


class MailedPapers:
    """Our papers for what we send as files: read where they are kept, fetched from nobody."""

    def __init__(self, papers: StoredPapers, clock: Callable[[], datetime]) -> None:
        self._papers = papers
        self._clock = clock

    async def body(self, url: str) -> bytes:
        now = self._clock()
        if url.startswith(RECEIPT):
            tag, _, number = url.removeprefix(RECEIPT).partition("/")
            found = await self._papers.receipt_file(number, Tag(tag), now)
        else:
            found = await self._papers.opened(url.rpartition("/")[2], now)
        if found is None:
            raise Permanent("The paper is kept no more.")
        return found.body


class SpokenMailer:
    """Writes e-mails as the outbox keeps them."""

    def __init__(self, voice: Voice, tokens: Tokens, public_url: str) -> None:
        self._voice = voice
        self._tokens = tokens
        self._public = public_url.rstrip("/")

    def confirmation(self, email_id: int, tag: Tag, now: datetime) -> str:
        """The letter with the link that confirms an address, good for seven days."""
        url = self._link(CONFIRM, email_id, now + TO_CONFIRM)
        says = (
            Say("mail-confirm"),
            Say("mail-confirm-link", {"url": url}),
            Say("mail-confirm-not-you"),
        )
        return self._letter(Say("mail-confirm-subject"), says, tag, email_id)

    def receipt(
        self,
        says: Sequence[Say],
        amount: Money,
        tag: Tag,
        email_id: int,
        receipts: Sequence[str],
    ) -> str:
        """The sentences about money that arrived, `amount` in all, with its receipts as files."""
        subject = Say("mail-receipt-subject", {"amount": amount})
        files = [
            Attachment(f"{RECEIPT}{tag}/{number}", f"{number}.pdf", PDF) for number in receipts
        ]
        return self._letter(subject, (*says, Say("mail-receipt-why")), tag, email_id, files)

    def _letter(
        self,
        subject: Say,
        says: Sequence[Say],
        tag: Tag,
        email_id: int,
        attached: Sequence[Attachment] = (),
    ) -> str:
        return outbox.body(
            "\n\n".join(self._voice.say(it, tag) for it in says),
            (),
            tag,
            attached=attached,
            subject=self._voice.say(subject, tag),
            unsubscribe=self._link(UNSUBSCRIBE, email_id, None),
        )

    def _link(self, kind: str, email_id: int, expires: datetime | None) -> str:
        return f"{self._public}/{kind}/{self._tokens.make(kind, email_id, expires)}"
