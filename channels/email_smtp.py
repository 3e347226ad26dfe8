"""The SMTP side of e-mail: one connection, and what a server's refusals mean.

Import it only when the first mail leaves: the library behind it is large.
"""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING

import aiosmtplib

from models.errors import (
    Misconfigured,
    Permanent,
    PersonUnreachable,
    Temporary,
    Trouble,
    Unknown,
)

if TYPE_CHECKING:
    from channels.email import EmailSettings

PATIENCE = 15.0  # seconds for each answer
GOODBYE = 2.0  # seconds for the last one
_PERMANENT = 500  # replies from here on stay as they are
_ENHANCED = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")  # RFC 3463
_NO_SUCH_ADDRESS, _POLICY = "5.1.", "5.7."
_LOST = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError)


class Connection:
    """One connection to the mail server, used for one mail after another."""

    def __init__(self, smtp: aiosmtplib.SMTP) -> None:
        self._smtp = smtp

    @classmethod
    async def open(cls, settings: EmailSettings) -> Connection:
        """Connect and sign in; raises `Temporary`, or `Misconfigured` where we are refused."""
        smtp = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security == "tls",
            start_tls=False,  # done by ourselves: the library would go on without
            tls_context=settings.tls,
            timeout=PATIENCE,
        )
        try:
            await smtp.connect()
            if settings.security == "starttls":
                await smtp.starttls()
            if settings.username:
                await smtp.login(settings.username, settings.password)
        except BaseException as error:
            smtp.close()
            if isinstance(error, (aiosmtplib.SMTPException, OSError)):
                raise _not_let_in(error) from error
            raise
        return cls(smtp)

    @property
    def is_open(self) -> bool:
        """Whether the next mail may go this way."""
        return self._smtp.is_connected

    async def begin(self) -> bool:
        """Forget the mail before; False where the server is gone meanwhile."""
        try:
            await self._smtp.rset()
        except (aiosmtplib.SMTPException, OSError):
            self._smtp.close()
        except BaseException:  # cut off: the next answer would be taken for another's
            self._smtp.close()
            raise
        return self.is_open

    async def carry(self, sender: str, to: str, mail: bytes) -> None:
        """Hand one mail over; raises what `Channel.send` raises."""
        handed_over = False
        try:
            await self._smtp.mail(sender)
            await self._smtp.rcpt(to)
            handed_over = True
            await self._smtp.data(mail)
        except aiosmtplib.SMTPResponseException as error:
            raise refusal(error) from error
        except _LOST as error:
            self._smtp.close()
            raise (Unknown if handed_over else Temporary)("smtp silent") from error
        except BaseException:
            self._smtp.close()
            raise

    def drop(self) -> None:
        """Hang up."""
        self._smtp.close()

    async def quit(self) -> None:
        """Say goodbye and hang up."""
        try:
            await self._smtp.quit(timeout=GOODBYE)
        except (aiosmtplib.SMTPException, OSError):
            self._smtp.close()


def refusal(error: aiosmtplib.SMTPResponseException) -> Trouble:
    """What a server's reply to a mail means, as again or never; it names nobody's address."""
    found = _ENHANCED.search(error.message)
    code = found.group() if found else ""
    said = f"smtp {error.code} {code}".rstrip()
    if error.code < _PERMANENT:
        return Temporary(said)
    match error:
        case aiosmtplib.SMTPSenderRefused():
            return Misconfigured(said)
        case aiosmtplib.SMTPRecipientRefused():
            # "Relay denied" speaks of us: it must not make everybody unreachable.
            return (Misconfigured if code.startswith(_POLICY) else PersonUnreachable)(said)
        case aiosmtplib.SMTPDataError() if code.startswith(_NO_SUCH_ADDRESS):
            return PersonUnreachable(said)
        case _:
            return Permanent(said)


def _not_let_in(error: aiosmtplib.SMTPException | OSError) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError) or isinstance(
        error.__cause__, ssl.SSLCertVerificationError
    ):
        return Misconfigured("smtp certificate is not trusted")
    match error:
        case aiosmtplib.SMTPResponseException():
            kind = Temporary if error.code < _PERMANENT else Misconfigured
            return kind(f"smtp {error.code} before any mail")
        case aiosmtplib.SMTPException() if not isinstance(error, _LOST):
            # No STARTTLS where it is asked for, or no way to sign in.
            return Misconfigured(f"smtp {error.message}")
        case _:
            return Temporary("smtp unreachable")
