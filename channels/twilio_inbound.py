"""From Twilio's forms to messages and receipts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qs, parse_qsl

from channels.blanking import blank_message
from channels.channel import Malformed
from channels.text import readable
from models.message import Address, ChannelName, DeliveryState, InboundMessage, Kind, Receipt

MOST_FIELDS = 500  # Twilio sends some forty
_MOST_MEDIA = 10
_LONGEST_REASON = 64
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WHATSAPP = re.compile(r"whatsapp:(\+[1-9][0-9]{6,14}|[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128})")
_SMS = re.compile(r"\+[1-9][0-9]{6,14}")
_OURS = re.compile(r"[0-9]{1,18}")
_COUNT = re.compile(r"[0-9]{1,2}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
_KINDS = {"audio": Kind.VOICE, "image": Kind.PICTURE, "application": Kind.DOCUMENT}
_CONTENT_KINDS = {
    "image/webp": Kind.STICKER,
    "text/vcard": Kind.CONTACT,
    "text/x-vcard": Kind.CONTACT,
    "text/plain": Kind.DOCUMENT,
    "text/csv": Kind.DOCUMENT,
}
_STATES = {
    "accepted": DeliveryState.ACCEPTED,
    "scheduled": DeliveryState.ACCEPTED,
    "queued": DeliveryState.ACCEPTED,
    "sending": DeliveryState.ACCEPTED,
    "sent": DeliveryState.SENT,
    "partially_delivered": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "undelivered": DeliveryState.FAILED,
    "failed": DeliveryState.FAILED,
    "canceled": DeliveryState.FAILED,
}


def fields(body: bytes) -> list[tuple[str, str]]:
    """The form's fields in order, blank ones too; ValueError where it is none of Twilio's."""
    return parse_qsl(
        body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
    )


def message(form: Mapping[str, str], now: datetime) -> InboundMessage | None:
    """The message in a form.

    None where Twilio has answered it already, and from senders who cannot be written back to.
    Raises `Malformed` for a form without the fields that make a message.
    """
    provider_id, came_from = form.get("MessageSid", ""), form.get("From", "")
    known = form.keys() & {"Body", "ButtonPayload", "ListId", "Latitude"} or _media_count(form)
    if not _ID.fullmatch(provider_id) or not came_from or not known:
        raise Malformed
    sender = address(came_from)
    if sender is None or "OptOutType" in form:
        return None
    choice = form.get("ButtonPayload") or form.get("ListId") or None
    said = form.get("ButtonText") or form.get("ListTitle") if choice else None
    heard = blank_message(readable(said or form.get("Body", "")))
    kind, media = (Kind.CHOICE, ()) if choice else _kind(form)
    return InboundMessage(
        id=provider_id,
        sender=sender,
        text=heard.text,
        received_at=now,
        kind=kind,
        choice=readable(choice) if choice else None,
        blanked=heard.blanked,
        secret=heard.secret,
        media=media,
    )


def address(came_from: str) -> Address | None:
    """Who wrote; None for short codes, sender names and whatever else takes no reply."""
    if found := _WHATSAPP.fullmatch(came_from):
        return Address(ChannelName.WHATSAPP, found.group(1))
    if _SMS.fullmatch(came_from):
        return Address(ChannelName.SMS, came_from)
    return None


def receipt(form: Mapping[str, str], raw_path: str) -> Receipt | None:
    """What became of a message of ours; None for a state that Twilio has newly thought of."""
    provider_id, status = form.get("MessageSid", ""), form.get("MessageStatus", "")
    if not _ID.fullmatch(provider_id) or not status:
        raise Malformed
    state = _STATES.get(status)
    if state is None:
        return None
    whatsapp = form.get("To", "").startswith("whatsapp:")
    ours = parse_qs(raw_path.partition("?")[2]).get("m", [""])[0]
    return Receipt(
        channel=ChannelName.WHATSAPP if whatsapp else ChannelName.SMS,
        provider_id=provider_id,
        state=state,
        message_id=int(ours) if _OURS.fullmatch(ours) else None,
        reason=readable(form.get("ErrorCode", ""))[:_LONGEST_REASON],
    )


def _media_count(form: Mapping[str, str]) -> int:
    count = form.get("NumMedia", "0")
    return min(int(count), _MOST_MEDIA) if _COUNT.fullmatch(count) else 0


def _kind(form: Mapping[str, str]) -> tuple[Kind, tuple[str, ...]]:
    """What a message is, and where its media lie."""
    latitude, longitude = form.get("Latitude", ""), form.get("Longitude", "")
    if _DEGREES.fullmatch(latitude) and _DEGREES.fullmatch(longitude):
        return Kind.LOCATION, (f"geo:{latitude},{longitude}",)
    count = _media_count(form)
    if not count:
        return Kind.TEXT, ()
    content = form.get("MediaContentType0", "").partition(";")[0].strip().lower()
    kind = _CONTENT_KINDS.get(content) or _KINDS.get(content.partition("/")[0], Kind.OTHER)
    urls = (readable(form.get(f"MediaUrl{place}", "")) for place in range(count))
    return kind, tuple(url for url in urls if url)
