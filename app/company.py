"""The configured company: who speaks, and which number to call."""

from __future__ import annotations

from pathlib import Path

import yaml

from app.settings import Settings
from models.errors import Misconfigured
from models.words import Name
from voice.voice import Company

DISCOMS = Path(__file__).parents[1] / "data" / "discom"
TEN = 10  # digits of an Indian number behind +91


def company(discom: str, sms_number: str = "") -> Company:
    """The company with this folder in `data/discom/`; `Misconfigured` where there is none.

    Where SMS from it cannot be replied to, it names the number to write to.
    """
    file = DISCOMS / discom / "about.yml"
    try:
        about = yaml.safe_load(file.read_text("utf-8"))
    except OSError as error:
        raise Misconfigured(f"There is no company {discom}: {file} cannot be read.") from error
    name = Name(about["name"], about["name_hi"])
    return Company(about["brand"], name, about["helpline"], _spaced(sms_number))


def number_to_write_to(settings: Settings) -> str:
    """Where people text us, where the route that our SMS take leads one way; else empty.

    A one-way gateway without a number of its own has people write to another that is heard.
    """
    channels = settings.channels
    sends = channels.sms_gateways.get(channels.sms_by)
    if sends is None or sends.two_way:
        return ""
    heard = [it.inbound_number for it in channels.sms_gateways.values() if it.is_heard]
    if channels.twilio.is_on:
        heard.append(channels.twilio.sms_from)
    return next((it for it in (sends.inbound_number, *heard) if it), "")


def registers_sms(settings: Settings) -> bool:
    """Whether every SMS must leave as a registered template (DLT)."""
    gateway = settings.channels.sms_gateways.get(settings.channels.sms_by)
    return gateway is not None and gateway.dlt


def _spaced(number: str) -> str:
    """An Indian number as people write it, `92205 12345`; another as it stands."""
    digits = number.removeprefix("+91")
    if digits == number or len(digits) != TEN:
        return number
    return f"{digits[:5]} {digits[5:]}"
