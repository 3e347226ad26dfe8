"""Whether the SMS gateways and the missed calls are configured whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.company import number_to_write_to, registers_sms
from app.configuration import variable
from app.settings import TWILIO, Outbound, Settings
from app.templates import dlt_ids

_GATEWAYS, _CALLS = ("channels", "sms_gateways"), ("channels", "missed_call")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not configured, and what to do; `harms` where people come to feel it."""

    what: str
    advice: str
    harms: bool = True


def gaps(settings: Settings) -> Iterator[Gap]:
    """What is missing, gateway by gateway."""
    yield from _gateways(settings)
    yield from _sender(settings)
    yield from _missed_calls(settings)


def _gateways(settings: Settings) -> Iterator[Gap]:
    for name, it in settings.channels.sms_gateways.items():
        here = ".".join((*_GATEWAYS, name))
        if (it.inbound is not None or it.status is not None) and not it.is_heard:
            yield Gap(
                f"The SMS gateway {name} is not heard: /webhooks/sms/{name} answers 404.",
                f"Set {here}.secret_in, and {variable((*_GATEWAYS, name, 'secret'))}.",
                harms=False,
            )
        if it.outbound is not None and not it.key and _wants_key(it.outbound):
            yield Gap(
                f"The SMS gateway {name} is sent an empty key.",
                f"Set {variable((*_GATEWAYS, name, 'key'))}.",
            )


def _wants_key(outbound: Outbound) -> bool:
    return "{key}" in f"{outbound.url} {outbound.headers} {outbound.body}"


def _sender(settings: Settings) -> Iterator[Gap]:
    name = settings.channels.sms_by
    sender = settings.channels.sms_gateways.get(name)
    if sender is None:
        return
    here = ".".join((*_GATEWAYS, name))
    if sender.outbound is None:
        yield Gap(f"No SMS leaves: {here} says nothing of outbound.", f"Set {here}.outbound.")
    if not sender.two_way and not number_to_write_to(settings):
        yield Gap(
            f"Nobody can reply to SMS by {name}, and they name no number to write to.",
            f"Set {here}.inbound_number; or two_way, if its messages can be replied to.",
        )
    if registers_sms(settings) and not dlt_ids():
        yield Gap(
            f"No SMS leaves by {name}: it takes registered texts only, and none has an id.",
            "Register what `bijli templates export` prints, and write the ids into "
            f"data/templates.yml; or set {here}.dlt to false, if the route needs none.",
        )


def _missed_calls(settings: Settings) -> Iterator[Gap]:
    channels = settings.channels
    by_twilio = channels.sms_by == TWILIO
    sends = bool(channels.twilio.is_on and channels.twilio.sms_from) if by_twilio else True
    for name, it in channels.missed_call.items():
        if not it.secret:
            yield Gap(
                f"Missed calls by {name} are off: /webhooks/missed-call/{name} answers 404.",
                f"Set {variable((*_CALLS, name, 'secret'))}.",
                harms=False,
            )
        if not it.numbers:
            yield Gap(
                f"Missed calls by {name} are not answered: none of its numbers has a purpose.",
                f"Set {'.'.join((*_CALLS, name))}.numbers, each to bill or outage.",
            )
        if it.secret and not sends:
            yield Gap(
                f"Missed calls by {name} are not answered: no SMS can leave.",
                "Set channels.twilio.sms_from, or channels.sms_by to a gateway.",
            )
