"""`bijli doctor`: configuration, database, providers, clocks and imports, each with what to do."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy.exc import DBAPIError

from app.asking import connection_to
from app.mail_check import check_mail
from app.rasa_check import check_rasa
from app.settings import Settings, is_loopback
from app.sms_check import gaps
from models.bill import IST, STALE_AFTER
from storage.health import Health, health
from storage.migrate import is_current
from storage.nodes import SILENT_AFTER
from storage.store import Database

PATIENCE = 4.0  # seconds for a provider to answer
CLOCK = timedelta(seconds=30)  # clocks further apart than this make signatures and links expire
IMPORT_TAKES = timedelta(hours=6)  # one that has not ended by then has died

ROTATE = (
    "make a key with `openssl rand -base64 32`; put it behind the old one (OLD,NEW) on every "
    "machine and restart them all; then put it in front (NEW,OLD) and restart them again; run "
    "`bijli migrate`, which seals everything anew; then leave the old one out. With SQLite the "
    "key is in var/master.key."
)


class Grade(StrEnum):
    """How a finding is to be taken."""

    FINE = "fine"
    NOTE = "note"  # worth knowing
    WRONG = "wrong"  # to be mended


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    grade: Grade
    what: str
    advice: str = ""  # what to do


@dataclass(frozen=True, slots=True)
class Provider:
    """A company we need, or do without."""

    name: str
    is_on: bool
    origin: str
    keys: str  # what switches it on


def findings(settings: Settings, database: Database, now: datetime) -> list[Finding]:
    """Everything looked at, in the order a person would: our own house first."""
    return [
        *_configuration(settings),
        *_database(settings, database, now),
        *_providers(settings, now),
        *_sms(settings),
        *_understanding(settings),
    ]


def _configuration(settings: Settings) -> Iterator[Finding]:
    yield Finding(Grade.FINE, "The configuration is complete and every key is known.")
    real = settings.real_providers()
    public = settings.server.public_url
    if real and is_loopback(public):
        yield Finding(
            Grade.WRONG,
            f"{', '.join(real)} cannot reach {public}: it is an address of this machine.",
            "Set server.public_url to the address the world knows us by.",
        )
    elif real and public.startswith("http:"):
        yield Finding(
            Grade.WRONG,
            f"{public} is not https: whoever listens can read along.",
            "Put a proxy with a certificate in front, and set server.public_url to https://….",
        )
    if real and not settings.server.admin_port:
        yield Finding(
            Grade.NOTE,
            "Metrics are served on the port the world can reach.",
            "Set server.admin_port, and let only your own network reach it.",
        )
    count = len(settings.security.master_key)
    if count > 1:
        yield Finding(
            Grade.NOTE,
            f"{count} master keys are configured: one is taking over.",
            "When every machine has the newest first, run `bijli migrate`; then remove the others.",
        )
    else:
        yield Finding(Grade.FINE, "One master key is in use.", f"To change it: {ROTATE}")


def _database(settings: Settings, database: Database, now: datetime) -> Iterator[Finding]:
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        current = is_current(database)
    except DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0]
        yield Finding(
            Grade.WRONG,
            f"The database ({kind}) does not answer: {why}",
            "Start it, or correct database.url.",
        )
        return
    if not current:
        yield Finding(
            Grade.WRONG,
            f"The database ({kind}) is not at the newest version.",
            "Run `bijli migrate`.",
        )
        return
    yield Finding(Grade.FINE, f"The database ({kind}) answers and is at the newest version.")
    found = database.read(health, now)
    yield from _clocks(found, now)
    yield from _records(found, now)
    yield from _messages(found, now)


def _clocks(found: Health, now: datetime) -> Iterator[Finding]:
    if found.clock is not None and abs(found.clock - now) > CLOCK:
        yield _clock("the database server", found.clock, now)
    for slot, seen in found.processes:
        if seen - now > CLOCK:
            yield _clock(f"the machine of {slot}", seen, now)


def _clock(whose: str, clock: datetime, now: datetime) -> Finding:
    apart = round(abs((clock - now).total_seconds()))
    return Finding(
        Grade.WRONG,
        f"The clock of {whose} is {apart} seconds from this machine's.",
        "Set the clocks by NTP: due dates, links and signatures depend on them.",
    )


def _records(found: Health, now: datetime) -> Iterator[Finding]:
    if not found.has_offices:
        yield Finding(
            Grade.WRONG, "There are no offices.", "Run `bijli migrate`, which loads the company's."
        )
    if not found.has_consumers:
        yield Finding(
            Grade.WRONG,
            "There are no connections: every K-number is unknown.",
            "Run `bijli import consumers FILE.csv`, or for a try `bijli seed --consumers 2000`.",
        )
    for it in found.imports:
        at = f"{it.at.astimezone(IST):%Y-%m-%d %H:%M} IST"
        again = f"Import the file again: `bijli import {it.kind} FILE.csv`; twice does no harm."
        if it.state == "failed":
            yield Finding(Grade.WRONG, f"The import of {it.kind} of {at} failed.", again)
        elif it.state == "running" and now - it.at > IMPORT_TAKES:
            yield Finding(Grade.WRONG, f"The import of {it.kind} begun {at} never ended.", again)
        elif it.state == "done" and it.kind == "bills" and now - it.at > STALE_AFTER:
            yield Finding(
                Grade.WRONG,
                f"Bills were last imported {at}: replies say how old they are.",
                "Import the newest: `bijli import bills FILE.csv`.",
            )
        elif it.state == "done":
            yield Finding(Grade.FINE, f"The newest {it.kind} are of {at}.")


def _messages(found: Health, now: datetime) -> Iterator[Finding]:
    alive = [slot for slot, seen in found.processes if now - seen <= SILENT_AFTER]
    if alive:
        yield Finding(Grade.FINE, f"At work: {', '.join(alive)}.")
    elif found.waiting or found.leaving:
        yield Finding(
            Grade.WRONG,
            f"{found.waiting} messages wait for an answer and {found.leaving} wait to leave, and "
            "nobody is at work.",
            "Start `bijli serve`, or `bijli worker`.",
        )
    else:
        yield Finding(Grade.NOTE, "Nobody is at work.", "Start `bijli serve`.")
    if found.failed:
        why = f" ({', '.join(found.reasons)})" if found.reasons else ""
        yield Finding(
            Grade.NOTE,
            f"{found.failed} messages of the last day did not arrive{why}.",
            "Look the codes up with the provider; one code on most of them is a wrong setting.",
        )
    if found.unknown:
        yield Finding(
            Grade.NOTE,
            f"Nobody knows whether {found.unknown} messages of the last day arrived.",
            "Compare with the provider's own list before anything is sent again.",
        )


def _providers(settings: Settings, now: datetime) -> Iterator[Finding]:
    providers = _all(settings)
    with ThreadPoolExecutor(len(providers) + 1) as threads:
        mail = threads.submit(_mail, settings)
        yield from threads.map(lambda it: _look_at(it, now), providers)
        yield mail.result()


def _sms(settings: Settings) -> Iterator[Finding]:
    for it in gaps(settings):
        yield Finding(Grade.WRONG if it.harms else Grade.NOTE, it.what, it.advice)


def _mail(settings: Settings) -> Finding:
    email = settings.channels.email
    if not email.is_on:
        return Finding(
            Grade.NOTE,
            "E-mail is off; its pages answer 404.",
            "To switch it on set channels.email.host and .from.",
        )
    found = check_mail(email, PATIENCE)
    return Finding(Grade.WRONG if found.advice else Grade.FINE, found.what, found.advice)


def _understanding(settings: Settings) -> Iterator[Finding]:
    if settings.nlu.engine == "rasa" and settings.nlu.rasa_url is not None:
        found = check_rasa(settings.nlu.rasa_url, PATIENCE)
        yield Finding(Grade.WRONG if found.advice else Grade.FINE, found.what, found.advice)


def _all(settings: Settings) -> list[Provider]:
    twilio, telegram = settings.channels.twilio, settings.channels.telegram
    razorpay = settings.payments.razorpay
    api = twilio.api_base or "https://api.twilio.com"
    keys = "channels.twilio.account_sid, .auth_token"
    return [
        Provider(
            "WhatsApp by Twilio",
            twilio.is_on and bool(twilio.whatsapp_from),
            api,
            f"{keys} and .whatsapp_from",
        ),
        Provider(
            "SMS by Twilio",
            twilio.is_on and bool(twilio.sms_from),
            api,
            f"{keys} and .sms_from",
        ),
        Provider(
            "Telegram",
            telegram.is_on,
            telegram.api_base or "https://api.telegram.org",
            "channels.telegram.token and .webhook_secret",
        ),
        Provider(
            "Razorpay",
            razorpay.is_on,
            razorpay.api_base or "https://api.razorpay.com",
            "payments.razorpay.key_id, .key_secret and .webhook_secret",
        ),
        *(
            Provider(f"SMS by {name}", is_on=True, origin=it.outbound.url, keys="")
            for name, it in settings.channels.sms_gateways.items()
            if it.outbound is not None
        ),
    ]


def _look_at(provider: Provider, now: datetime) -> Finding:
    if not provider.is_on:
        return Finding(
            Grade.NOTE,
            f"{provider.name} is off; its routes answer 404.",
            f"To switch it on set {provider.keys}.",
        )
    try:
        clock = _ask(provider.origin)
    except (OSError, http.client.HTTPException) as error:
        return Finding(
            Grade.WRONG,
            f"{provider.name} is on, but {_origin(provider.origin)} does not answer: {error}",
            "Look at the network, the proxy and api_base; what is to be sent waits meanwhile.",
        )
    if clock is not None and abs(clock - now) > CLOCK:
        return _clock(provider.name, clock, now)
    return Finding(Grade.FINE, f"{provider.name} is on and answers.")


def _origin(url: str) -> str:
    """The address without its path, which may hold a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _ask(origin: str) -> datetime | None:
    """A provider's clock, as it answers whatever is asked; None where it names no time."""
    connection = connection_to(origin, PATIENCE)
    try:
        connection.request("HEAD", "/")
        date = connection.getresponse().getheader("Date")
    finally:
        connection.close()
    return parsedate_to_datetime(date) if date else None
