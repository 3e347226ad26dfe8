"""The forms Twilio posts to a webhook, field by field, and the way it signs them."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from simulators.phone import WHATSAPP
from simulators.segments import count_segments

API_VERSION = "2010-04-01"


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped quick reply, or a row picked from a list."""

    payload: str
    label: str
    message: str = ""  # the sid of the message that offered it
    row: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A file a person sends."""

    content_type: str
    content: bytes
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A shared location."""

    latitude: float
    longitude: float
    label: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message of a person, as Twilio is about to pass it on."""

    sid: str
    channel: str
    sender: str  # +91…, or a WhatsApp id that is no number: IN.1349…
    to: str
    text: str
    tap: Tap | None = None
    media: tuple[tuple[str, str], ...] = ()  # address and content type
    place: Place | None = None
    profile_name: str = ""
    external_id: str = ""  # WhatsApp's own id of the person, beside the number


def sign(token: str, url: str, form: Mapping[str, str]) -> str:
    """`X-Twilio-Signature`: base64 of HMAC-SHA1 over the URL and the sorted parameters."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(
        hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    ).decode()


def encode(form: Mapping[str, str]) -> bytes:
    """The form as it goes over the wire."""
    return urlencode(form).encode()


def inbound_form(message: Inbound, account_sid: str) -> dict[str, str]:
    """The fields of an inbound message."""
    form = {
        "SmsMessageSid": message.sid,
        "NumMedia": str(len(message.media)),
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "Body": message.text,
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": message.sid,
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
    }
    for number, (url, content_type) in enumerate(message.media):
        form[f"MediaUrl{number}"] = url
        form[f"MediaContentType{number}"] = content_type
    return form | (_whatsapp(message) if message.channel == WHATSAPP else _sms(message))


def _sms(message: Inbound) -> dict[str, str]:
    return {
        "From": message.sender,
        "To": message.to,
        "NumSegments": str(count_segments(message.text)),
        "FromCountry": "IN",
        "FromState": "",
        "FromCity": "",
        "FromZip": "",
        "ToCountry": "US",
        "ToState": "",
        "ToCity": "",
        "ToZip": "",
    }


def _whatsapp(message: Inbound) -> dict[str, str]:
    form = {
        "From": f"whatsapp:{message.sender}",
        "To": f"whatsapp:{message.to}",
        "ProfileName": message.profile_name,
        "MessageType": _message_type(message),
        "ChannelMetadata": '{"type":"whatsapp","data":{}}',
    }
    if message.sender.startswith("+"):
        form["WaId"] = message.sender.removeprefix("+")
    if external := message.external_id or ("" if "WaId" in form else message.sender):
        form["ExternalUserId"] = f"whatsapp:{external}"
    if (tap := message.tap) is not None:
        form |= {"Body": tap.label, "Forwarded": "false", "FrequentlyForwarded": "false"}
        if tap.message:
            form["OriginalRepliedMessageSid"] = tap.message
            form["OriginalRepliedMessageSender"] = f"whatsapp:{message.to}"
        if tap.row:
            form |= {"ListId": tap.payload, "ListTitle": tap.label}
            form["ListDescription"] = tap.description
        else:
            form |= {"ButtonText": tap.label, "ButtonPayload": tap.payload}
    if (place := message.place) is not None:
        form |= {"Latitude": f"{place.latitude:.6f}", "Longitude": f"{place.longitude:.6f}"}
        form |= {"Label": place.label, "Address": place.address}
    return form


def _message_type(message: Inbound) -> str:
    if message.tap is not None:
        return "interactive"
    if message.place is not None:
        return "location"
    if not message.media:
        return "text"
    content_type = message.media[0][1]
    if content_type == "image/webp":
        return "sticker"
    kind = content_type.partition("/")[0]
    return kind if kind in {"image", "audio", "video"} else "document"


def status_form(
    sid: str, account_sid: str, sender: str, to: str, status: str, error: int | None
) -> dict[str, str]:
    """The fields of a status callback."""
    form = {
        "SmsSid": sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "To": to,
        "MessageSid": sid,
        "AccountSid": account_sid,
        "From": sender,
        "ApiVersion": API_VERSION,
    }
    if error is not None:
        form["ErrorCode"] = str(error)
    if to.startswith("whatsapp:"):
        form |= {"ChannelPrefix": "whatsapp", "ChannelToAddress": to.removeprefix("whatsapp:")}
        form |= {"ChannelInstallSid": "XE" + "0" * 32, "StructuredMessage": "false"}
        if status in {"delivered", "read"}:
            form["EventType"] = status.upper()
    else:
        form["RawDlrDoneDate"] = "2611232200"
    return form
