"""Whether the mail server lets us in, for `bijli doctor`: it sends nothing."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass

from app.settings import Email, is_loopback


@dataclass(frozen=True, slots=True)
class MailCheck:
    """What was found; `advice` where something is to be mended."""

    what: str
    advice: str = ""


def check_mail(email: Email, patience: float) -> MailCheck:
    """Connect, and sign in where a name is set; waits at most `patience` seconds for each step."""
    where = f"{email.host}:{email.port}"
    try:
        with _connected(email, patience) as server:
            server.ehlo()
            offered = server.has_extn("starttls")
            if email.security == "starttls":
                if not offered:
                    return MailCheck(
                        f"E-mail is on, but {where} does not offer STARTTLS: nothing is sent.",
                        "Ask for the right port (587), or set channels.email.security to tls.",
                    )
                server.starttls(context=ssl.create_default_context())
            if email.username:
                server.login(email.username, email.password)
    except smtplib.SMTPAuthenticationError as error:
        return MailCheck(
            f"E-mail is on, but {where} does not let {email.username} sign in ({error.smtp_code}).",
            "Correct channels.email.username and .password.",
        )
    except ssl.SSLCertVerificationError as error:
        return MailCheck(
            f"E-mail is on, but the certificate of {where} is not good: {error.verify_message}.",
            "Set channels.email.host to the name in its certificate.",
        )
    except (OSError, smtplib.SMTPException) as error:
        return MailCheck(
            f"E-mail is on, but {where} does not answer: {error}",
            "Look at the network, and at channels.email.host, .port and .security.",
        )
    if email.security == "none" and not _is_here(email.host):
        also = ", which it offers" if offered else ""
        return MailCheck(
            f"E-mail goes to {where} unencrypted: whoever listens can read along.",
            f"Set channels.email.security to starttls{also}, or to tls.",
        )
    kept = {"none": "on this machine", "starttls": "with STARTTLS", "tls": "with TLS"}
    return MailCheck(f"E-mail is on: {where} answers, {kept[email.security]}.")


def _connected(email: Email, patience: float) -> smtplib.SMTP:
    if email.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(email.host, email.port, timeout=patience, context=context)
    return smtplib.SMTP(email.host, email.port, timeout=patience)


def _is_here(host: str) -> bool:
    return is_loopback(f"smtp://{host}")
