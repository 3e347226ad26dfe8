"""A message as an e-mail: text and HTML of the same words, and our papers as files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from models.errors import PersonUnreachable
from models.message import Attachment, OutboundMessage

TEMPLATES = Path(__file__).parent / "templates"
# Seven bits pass through every relay as they are, so that what signs the mail signs what arrives.
_POLICY = SMTP.clone(cte_type="7bit")
_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)।])")
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class EmailWords:
    """What every e-mail says beside its message, in one language."""

    sender: str  # our name
    subject: str  # where the message has none of its own
    footer: str  # that nobody reads answers, and where help is
    privacy: str  # the link to the privacy notice
    unsubscribe: str  # the link that ends these e-mails


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words, or an address to open."""

    text: str
    is_address: bool


class Letters:
    """Writes e-mails from one sender."""

    def __init__(self, sender: str, privacy: str) -> None:
        """`sender` is our address, `privacy` that of the privacy notice."""
        self._sender = sender
        self._privacy = privacy
        self._template = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True
        ).get_template("email.html")

    def write(
        self,
        message: OutboundMessage,
        words: EmailWords,
        files: Sequence[tuple[Attachment, bytes]],
        now: datetime,
    ) -> EmailMessage:
        """The whole mail; raises `PersonUnreachable` where the address can be nobody's."""
        subject = _one_line(message.subject or words.subject)
        mail = EmailMessage(policy=_POLICY)
        mail["From"] = Address(_one_line(words.sender), addr_spec=self._sender)
        mail["To"] = _address(message.to.id)
        mail["Subject"] = subject
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = self.id_of(message)
        mail["Auto-Submitted"] = "auto-generated"
        if message.unsubscribe:
            mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(self._text(message, words))
        html = self._template.render(
            lang=message.tag,
            subject=subject,
            words=words,
            paragraphs=_paragraphs(message.text),
            privacy=self._privacy,
            unsubscribe=message.unsubscribe,
        )
        mail.add_alternative(html, subtype="html")
        for paper, content in files:
            kind, _, subkind = paper.mime.partition("/")
            mail.add_attachment(content, maintype=kind, subtype=subkind, filename=paper.name)
        return mail

    def id_of(self, message: OutboundMessage) -> str:
        """The Message-ID: the same for every attempt, so that a mailbox may know a second copy."""
        said = f"{message.to.id}\0{message.subject}\0{message.text}".encode()
        domain = self._sender.rpartition("@")[2]
        return f"<m{message.id}.{blake2b(said, digest_size=8).hexdigest()}@{domain}>"

    def _text(self, message: OutboundMessage, words: EmailWords) -> str:
        foot = [words.footer, f"{words.privacy}: {self._privacy}"]
        if message.unsubscribe:
            foot.append(f"{words.unsubscribe}: {message.unsubscribe}")
        # Two dashes and a space begin what mail programs show as a signature.
        return "\n".join((message.text, "", "-- ", words.sender, *foot, ""))


def _address(text: str) -> Address:
    try:
        address = Address(addr_spec=text)
        # Many servers know only ASCII; a domain has a form in it, a name before the @ has not.
        domain = address.domain.encode("idna").decode()
        return Address(username=address.username.encode("ascii").decode(), domain=domain)
    except (MessageError, ValueError, IndexError) as error:
        raise PersonUnreachable("smtp no such address") from error


def _paragraphs(text: str) -> list[list[list[_Piece]]]:
    return [
        [_pieces(line) for line in paragraph.splitlines()]
        for paragraph in _PARAGRAPHS.split(text.strip())
    ]


def _pieces(line: str) -> list[_Piece]:
    return [
        _Piece(text, is_address=bool(place % 2))
        for place, text in enumerate(_ADDRESS.split(line))
        if text
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
