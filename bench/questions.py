"""People who ask for their bill on WhatsApp: signed requests, made before the clock starts."""

from __future__ import annotations

import base64
import hmac
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.records import k_number, mobile, receipt, rupees

PATH = "/webhooks/twilio/whatsapp"
ACCOUNT = "AC" + "b" * 32
TOKEN = "bench-auth-token"
OURS = "+14155238886"
SENDERS = 1000  # each asks about their own K-number, so nobody meets the limit of 25 a day
TEXTS = (
    "mera bill kitna hai {k}",
    "मेरा बिल कितना है {k}",
    "bill {k}",
    "what is the bill amount for {k}",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One request, byte for byte, and what answers it."""

    request: bytes
    sender: str  # as the provider writes it: whatsapp:+91…
    owed: str  # what the reply must name


def questions(public_url: str, consumers: int, run: str) -> Iterator[Question]:
    """Without end, one sender after another; `run` keeps message ids of two runs apart.

    Every second sender writes from the registered mobile, the others from a number that is new.
    """
    for turn in itertools.count():
        place = turn % SENDERS
        n = place * max(1, consumers // SENDERS) % consumers
        number = "+91" + (mobile(n) if place % 2 else f"8{n:09d}")
        text = TEXTS[turn % len(TEXTS)].format(k=k_number(n))
        form = _form(f"{run}{turn}", number, text)
        yield Question(_request(public_url, form), f"whatsapp:{number}", f"₹{rupees(n):,}")


def receipts(public_url: str, count: int, run: str, first: int = 0) -> list[Question]:
    """People who tap for the receipt of a connection each, from the one of number `first` on."""
    asked = []
    for n in range(first, first + count):
        number = f"+917{n:09d}"
        form = _form(f"{run}{n}", number, "Receipt")
        form |= {"ButtonPayload": f"payment_receipt:{k_number(n)}", "ButtonText": "Receipt"}
        asked.append(Question(_request(public_url, form), f"whatsapp:{number}", receipt(n)))
    return asked


def _request(public_url: str, form: Mapping[str, str]) -> bytes:
    host, body = public_url.removeprefix("http://"), urlencode(form).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: {host}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Twilio-Signature: {_signature(public_url + PATH, form)}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _form(sid: str, number: str, text: str) -> dict[str, str]:
    return {
        "MessageSid": f"SM{sid.encode().hex():0>32}",
        "SmsMessageSid": f"SM{sid.encode().hex():0>32}",
        "AccountSid": ACCOUNT,
        "From": f"whatsapp:{number}",
        "To": f"whatsapp:{OURS}",
        "Body": text,
        "NumMedia": "0",
        "NumSegments": "1",
        "MessageType": "text",
        "SmsStatus": "received",
        "ProfileName": "Ramesh",
        "WaId": number.removeprefix("+"),
        "ReferralNumMedia": "0",
        "ApiVersion": "2010-04-01",
        "ChannelMetadata": '{"type":"whatsapp","data":{"context":{"ProfileName":"Ramesh"}}}',
    }


def _signature(url: str, form: Mapping[str, str]) -> str:
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.digest(TOKEN.encode(), signed.encode(), "sha1")).decode()
