"""`bijli senders`: what staff grant to kiosks, and to mobiles with many connections."""

from __future__ import annotations

import re
from contextlib import closing

from app.clock import now
from app.database import open_database, seals_of
from app.settings import Settings
from app.usage import Unusable
from models.message import Phone
from storage import senders

MOST = 100_000  # look-ups a day; more is a mistake of the hand
_NUMBER = re.compile(r"(?:\+91|91|0)?([6-9]\d{9})")


def read_number(text: str) -> Phone:
    """An Indian mobile number as E.164, however it is written; raises `Unusable`."""
    found = _NUMBER.fullmatch(re.sub(r"[ \-]", "", text))
    if found is None:
        raise Unusable(f"{text} is no mobile number; write it like +919829012345.")
    return Phone(f"+91{found.group(1)}")


def kiosk(settings: Settings, number: str, look_ups: int, by: str) -> str:
    """Let a kiosk look up so many K-numbers a day; what was done, in a sentence."""
    if not 0 < look_ups <= MOST:
        raise Unusable(f"--look-ups {look_ups} is no sensible number; give 1 to {MOST}.")
    phone, who = read_number(number), _name(by)
    with closing(open_database(settings)) as database:
        database.write(senders.grant_look_ups, seals_of(settings), phone, look_ups, who, now())
    return f"The sender …{phone[-2:]} may look up {look_ups} K-numbers a day."


def own(settings: Settings, number: str, by: str) -> str:
    """Say that all connections on a mobile are one person's; what was done, in a sentence."""
    phone, who = read_number(number), _name(by)
    with closing(open_database(settings)) as database:
        database.write(senders.grant_many, seals_of(settings), phone, who, now())
    return f"All connections on the mobile …{phone[-2:]} are this sender's."


def revoke(settings: Settings, number: str, by: str) -> str:
    """Take back what was granted; raises `Unusable` where it was nothing."""
    phone, who = read_number(number), _name(by)
    with closing(open_database(settings)) as database:
        taken = database.write(senders.revoke, seals_of(settings), phone, who, now())
    if not taken:
        raise Unusable(f"The sender …{phone[-2:]} was granted nothing.")
    return f"The sender …{phone[-2:]} is like everybody else again."


def listed(settings: Settings) -> list[str]:
    """A line for each sender that was granted something."""
    with closing(open_database(settings)) as database:
        found = database.read(senders.granted, seals_of(settings))
    return [_line(it) for it in found] or ["No sender was granted anything."]


def _line(it: senders.Granted) -> str:
    told = [] if it.look_ups_a_day is None else [f"{it.look_ups_a_day} look-ups a day"]
    told += ["all connections on the mobile"] if it.holds_many else []
    return f"…{it.ends_in}  {', '.join(told)}"


def _name(by: str) -> str:
    """Who grants it, as the audit keeps it; raises `Unusable` where nobody is named."""
    if not by.strip():
        raise Unusable("Say with --by who grants it.")
    return by.strip()
