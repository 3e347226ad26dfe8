"""What a gateway's call says, by GET or POST in query, form or JSON, and whether it is its own."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from channels.channel import Forged, Malformed, WebhookRequest
from channels.text import readable
from channels.wire import at_path, read_json
from models.message import Phone

_MOST_FIELDS = 200
_ID = re.compile(r"[\x21-\x7e]{1,128}")
_BETWEEN_DIGITS = re.compile(r"[\s().-]+")
_MOBILE = re.compile(r"(?:\+?0{0,2}91|0)?([6-9][0-9]{9})")  # however a gateway writes an Indian one
_ABROAD = re.compile(r"\+(?!91)[1-9][0-9]{6,14}")


@dataclass(frozen=True, slots=True)
class Lock:
    """The secret that a gateway's calls must carry, and where they carry it."""

    place: str  # `query:NAME` or `header:NAME`
    secret: str = field(repr=False)

    def opens(self, request: WebhookRequest) -> bool:
        """Whether a call carries the secret; an empty secret opens nothing."""
        where, _, name = self.place.partition(":")
        if where == "header":
            given = request.headers.get(name, "")
        else:
            given = str(_query(request).get(name, ""))
        given_bytes, wanted = given.encode("utf-8", "replace"), self.secret.encode()
        return hmac.compare_digest(given_bytes, wanted) and bool(wanted)

    def name_for(self, *told: str) -> str:
        """A name for what a gateway gave no id: the same for the same, and nobody reads it back."""
        # Keyed, for whoever tried all numbers against a bare hash would find the sender's.
        return hmac.digest(self.secret.encode(), "\0".join(told).encode(), "sha256").hex()[:32]


def told(lock: Lock, request: WebhookRequest) -> Mapping[str, object]:
    """The fields of a call: of its query, and before them those of its body.

    Raises `Forged` where it lacks the secret, `Malformed` where nothing can be read.
    """
    if not lock.opens(request):
        raise Forged
    fields = _query(request)
    body = request.body.strip()
    if not body:
        return fields
    kind = request.headers.get("Content-Type", "")
    try:
        if "json" not in kind.lower() and not body.startswith(b"{"):
            return fields | _pairs(body.decode("utf-8", "replace"))
        found = read_json(body)
    except ValueError as error:
        raise Malformed from error
    if not isinstance(found, dict):
        raise Malformed
    return fields | found


def value(fields: Mapping[str, object], name: str) -> str | None:
    """A field's value as text; None where it is not there. Dots lead into JSON: `data.0.from`."""
    found = fields[name] if name in fields else at_path(fields, name)
    if isinstance(found, str):
        return readable(found)
    # JSON's numbers are texts to us; its true and false, lists and maps are none.
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def given_id(fields: Mapping[str, object], name: str) -> str:
    """The gateway's id; empty where there is none, `Malformed` where it is no id."""
    found = (value(fields, name) or "").strip()
    if found and not _ID.fullmatch(found):
        raise Malformed
    return found


def mobile(number: str) -> Phone | None:
    """A number that can be answered by SMS, as E.164; None for short codes, names and landlines."""
    bare = _BETWEEN_DIGITS.sub("", number)
    if found := _MOBILE.fullmatch(bare):
        return Phone(f"+91{found.group(1)}")
    return Phone(bare) if _ABROAD.fullmatch(bare) else None


def _query(request: WebhookRequest) -> dict[str, object]:
    try:
        return _pairs(request.raw_path.partition("?")[2])
    except ValueError as error:
        raise Forged from error  # no gateway of ours has so many


def _pairs(text: str) -> dict[str, object]:
    return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
