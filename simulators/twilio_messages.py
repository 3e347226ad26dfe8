"""Twilio's message resource and its list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from simulators.bounded import Bounded
from simulators.phone import SMS, WHATSAPP
from simulators.segments import count_segments
from simulators.twilio_forms import API_VERSION

PREFIX = "whatsapp:"
LONGEST_PAGE = 1000
USUAL_PAGE = 50

OUTBOUND, INBOUND, ANSWERED = "outbound-api", "inbound", "outbound-reply"


@dataclass(slots=True)
class Message:
    """One message of an account, in either direction."""

    sid: str
    direction: str
    sender: str
    to: str
    body: str
    status: str
    at: datetime
    media: tuple[str, ...] = ()
    content_sid: str = ""
    content_variables: str = ""
    callback: str = ""
    service: str = ""
    error: int | None = None

    @property
    def channel(self) -> str:
        """WhatsApp or SMS."""
        return WHATSAPP if self.to.startswith(PREFIX) else SMS

    @property
    def person(self) -> str:
        """The address of the person at the other end, without the channel's prefix."""
        return (self.sender if self.direction == INBOUND else self.to).removeprefix(PREFIX)

    def as_json(self, account_sid: str) -> dict[str, Any]:
        """The resource as the API gives it."""
        at = format_datetime(self.at)
        uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{self.sid}.json"
        return {
            "account_sid": account_sid,
            "api_version": API_VERSION,
            "body": self.body,
            "date_created": at,
            "date_sent": at,
            "date_updated": at,
            "direction": self.direction,
            "error_code": self.error,
            "error_message": None,
            "from": self.sender,
            "messaging_service_sid": self.service or None,
            "num_media": str(len(self.media)),
            "num_segments": str(count_segments(self.body) if self.channel == SMS else 1),
            "price": None,
            "price_unit": None,
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": uri.replace(".json", "/Media.json")},
            "to": self.to,
            "uri": uri,
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list was asked for."""

    to: str
    sender: str
    day: date | None
    before: datetime | None
    after: datetime | None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Wanted":
        """The filters in a query; raises `ValueError` on a date that is none."""
        return cls(
            query.get("To", ""),
            query.get("From", ""),
            moment.date() if (moment := _moment(query.get("DateSent"))) else None,
            _moment(query.get("DateSent<")),
            _moment(query.get("DateSent>")),
        )

    def fits(self, message: Message) -> bool:
        """Whether a message belongs into the list."""
        return (
            self.to in ("", message.to)
            and self.sender in ("", message.sender)
            and (self.day is None or message.at.date() == self.day)
            and (self.before is None or message.at <= self.before)
            and (self.after is None or message.at >= self.after)
        )


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def list_page(
    messages: Bounded[str, Message], query: Mapping[str, str], account_sid: str
) -> dict[str, Any]:
    """A page of the list, newest first; raises `ValueError` on filters that are none."""
    wanted = Wanted.read(query)
    size = min(int(query.get("PageSize", USUAL_PAGE)), LONGEST_PAGE)
    number = int(query.get("Page", 0))
    after = query.get("PageToken", "").removeprefix("PA")
    fitting = _fitting(messages, wanted, after)
    page = list(islice(fitting, size))
    more = next(fitting, None) is not None
    path = f"/{API_VERSION}/Accounts/{account_sid}/Messages.json"
    filters = {name: query[name] for name in FILTERS if name in query} | {"PageSize": str(size)}
    following = (
        {**filters, "Page": str(number + 1), "PageToken": f"PA{page[-1].sid}"} if more else {}
    )
    return {
        "first_page_uri": f"{path}?{urlencode(filters | {'Page': '0'})}",
        "end": number * size + max(len(page) - 1, 0),
        "messages": [message.as_json(account_sid) for message in page],
        "next_page_uri": f"{path}?{urlencode(following)}" if following else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": None,
        "start": number * size,
        "uri": f"{path}?{urlencode(query)}",
    }


FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")


def _fitting(messages: Bounded[str, Message], wanted: Wanted, after: str) -> Iterator[Message]:
    passed = not after
    for message in reversed(list(messages.values())):
        if passed and wanted.fits(message):
            yield message
        passed = passed or message.sid == after
