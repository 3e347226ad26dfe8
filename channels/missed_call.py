"""Missed calls: somebody rings a number of ours and hangs up, and is answered by SMS."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.channel import Malformed, WebhookRequest
from channels.gateway_call import Lock, given_id, mobile, told, value
from models.message import Address, ChannelName, InboundMessage, Kind, Receipt

_NO_DIGIT = re.compile(r"[^0-9]")
_NATIONAL = 10  # digits of an Indian number without 0 and 91, a landline's too


@dataclass(frozen=True, slots=True)
class MissedCallSettings:
    """What a telephone gateway calls its fields, and what each of our numbers is for."""

    name: str
    lock: Lock
    caller: str
    called: str
    id: str
    numbers: Mapping[str, str]  # `+91…` to `bill` or `outage`


class MissedCalls:
    """One telephone gateway's missed calls; what answers them is whoever sends SMS.

    A caller who rings on is answered once: `storage.inbox.keep` sees to it.
    """

    def __init__(self, settings: MissedCallSettings) -> None:
        self._settings = settings
        self._purposes = {_national(it): purpose for it, purpose in settings.numbers.items()}

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """The question a call asks, as if its button had been tapped.

        Nothing for callers without a mobile number, and for numbers that have no purpose. Raises
        `Forged` or `Malformed` and leaves nothing behind.
        """
        settings = self._settings
        fields = told(settings.lock, request)
        caller, called = value(fields, settings.caller), value(fields, settings.called)
        provider_id = given_id(fields, settings.id)
        if not caller or not caller.strip() or not called or not called.strip():
            raise Malformed
        sender = mobile(caller)
        purpose = self._purposes.get(_national(called))
        if sender is None or purpose is None:
            return ()
        provider_id = provider_id or settings.lock.name_for(sender, called, now.isoformat())
        return (
            InboundMessage(
                id=f"missed:{settings.name}:{provider_id}",
                sender=Address(ChannelName.SMS, sender),
                text="",
                received_at=now,
                kind=Kind.MISSED_CALL,
                choice=f"missed_call:purpose={purpose}",
            ),
        )


def _national(number: str) -> str:
    return _NO_DIGIT.sub("", number)[-_NATIONAL:]
