"""A loopback Twilio's account: what it keeps, what people do to it, what becomes of a message."""

import asyncio
import json
import random
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

from simulators.bounded import Bounded
from simulators.errands import Answer, Errands
from simulators.faults import Faults
from simulators.phone import SMS, WHATSAPP, Attachment, Bubble, Phones
from simulators.segments import count_segments
from simulators.twilio_content import (
    LIST_PICKER,
    Content,
    NotShown,
    Rendered,
)
from simulators.twilio_forms import (
    API_VERSION,
    Inbound,
    Media,
    Place,
    Tap,
    encode,
    inbound_form,
    sign,
    status_form,
)
from simulators.twilio_messages import ANSWERED, INBOUND, PREFIX, Message

DEMO_ACCOUNT = "AC" + "0" * 31 + "1"
DEMO_TOKEN = "demo-twilio-auth-token"
DEMO_WHATSAPP = "+14155238886"
DEMO_SMS = "+15005550006"

SECONDS_TO_ANSWER = 15
REMEMBERED = 50_000
LOGGED = 1_000
FILES = 200

OUTSIDE_WINDOW = 63016
MEDIA_NOT_FETCHED = 63019
MEDIA_NOT_TAKEN = 63021
SHOWN_MEDIA = re.compile(r"image/(jpeg|png)|audio/.*|video/mp4|application/(pdf|.*document|msword)")

# Default keywords of a long code: Twilio itself keeps the list of those who sent them.
STOPPERS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"})
STARTERS = frozenset({"START", "YES", "UNSTOP"})
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe."
)
STARTED = "You have successfully been re-subscribed to messages from this number."

UNREACHED, NO_TYPE, BAD_TWIML, WRONG_TYPE = 11200, 11200, 12100, 12300


@dataclass(slots=True)
class Callbacks:
    """How Twilio tells what became of a message."""

    statuses: tuple[str, ...] = ("sent", "delivered", "read")
    seconds: float = 0.0  # from one to the next
    shuffled: bool = False
    repeated: bool = False
    before_answer: bool = False  # the first one comes before the create call is answered
    extra: Mapping[str, str] = field(default_factory=dict)  # fields nobody announced


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of a person, and what our webhook answered."""

    sid: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Alert:
    """A line in Twilio's debugger: something about our webhook was wrong."""

    code: int
    about: str


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Account:
    """One Twilio account with a WhatsApp sender and an SMS number."""

    def __init__(
        self,
        *,
        account_sid: str = DEMO_ACCOUNT,
        auth_token: str = DEMO_TOKEN,
        whatsapp_from: str = DEMO_WHATSAPP,
        sms_from: str = DEMO_SMS,
        whatsapp_url: str = "",
        sms_url: str = "",
        reach_at: str = "",
        phones: Phones | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.base = ""
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.senders = {
            WHATSAPP: whatsapp_from.removeprefix(PREFIX),
            SMS: sms_from,
        }
        self.webhooks = {WHATSAPP: whatsapp_url, SMS: sms_url}
        self.phones = phones or Phones()
        self.clock = clock
        self.faults = Faults()
        self.callbacks = Callbacks()
        self.window: timedelta | None = timedelta(hours=24)  # None: nobody asks
        self.approves = True  # WhatsApp's reviewers say yes at once to what keeps their rules
        self.verdicts: dict[str, int] = {}  # error codes by address, without the channel's prefix
        self.lost_inbound = 0  # so many of the next messages are listed, but never delivered
        self.alerts: deque[Alert] = deque(maxlen=LOGGED)
        self.opted_out: set[str] = set()
        self.messages: Bounded[str, Message] = Bounded(REMEMBERED)
        self.contents: Bounded[str, Content] = Bounded(REMEMBERED)
        self._files: Bounded[str, Media] = Bounded(FILES)
        self.heard: Bounded[str, datetime] = Bounded(REMEMBERED)  # when, by WhatsApp address
        self._errands = Errands(reach_at)
        self._random = random.Random()  # unseeded: a restart must not give the same ids again

    async def close(self) -> None:
        """End the callbacks that are still on their way."""
        await self._errands.close()

    async def settled(self) -> None:
        """Wait until every callback is delivered."""
        await self._errands.idle()

    # The person's end.

    async def person_says(
        self,
        channel: str,
        sender: str,
        text: str = "",
        *,
        tap: Tap | None = None,
        media: tuple[Media, ...] = (),
        place: Place | None = None,
        profile_name: str = "",
        external_id: str = "",
    ) -> Heard:
        """Somebody writes to the company; gives what our webhook answered.

        `sender` is a phone number, or on WhatsApp an id like `IN.1349…` that is none.
        """
        files = tuple(self._keep(file) for file in media)
        sid = self._sid("MM" if media else "SM")
        inbound = Inbound(
            sid,
            channel,
            sender,
            self.senders[channel],
            tap.label if tap is not None else text,
            tap,
            tuple((self._file_url(sid, key), file.content_type) for key, file in files),
            place,
            profile_name,
            external_id,
        )
        form = inbound_form(inbound, self.account_sid)
        message = Message(
            sid,
            INBOUND,
            form["From"],
            form["To"],
            inbound.text,
            "received",
            self.clock(),
            tuple(url for url, _ in inbound.media),
        )
        self.messages[sid] = message
        if channel == WHATSAPP:
            self.heard[sender] = message.at
        self._show(message, Rendered(inbound.text), _shared(files, place))
        if channel == SMS:
            self._keep_list(sender, text)
        if self.lost_inbound:
            self.lost_inbound -= 1
            return Heard(sid, Answer(0))
        return Heard(sid, await self._deliver(channel, sender, form))

    def _keep_list(self, sender: str, text: str) -> None:
        word = text.strip().upper()
        if word in STOPPERS and sender not in self.opted_out:
            self.opted_out.add(sender)
            self._say_itself(sender, STOPPED)
        elif word in STARTERS and sender in self.opted_out:
            self.opted_out.discard(sender)
            self._say_itself(sender, STARTED)

    def _say_itself(self, sender: str, text: str) -> None:
        self.phones.show(
            Bubble(
                self._sid("SM"),
                SMS,
                sender,
                ours=True,
                text=text,
                at=_millis(self.clock()),
                status="delivered",
                segments=count_segments(text),
                note="Twilio",
            )
        )

    async def _deliver(self, channel: str, sender: str, form: Mapping[str, str]) -> Answer:
        url = self.webhooks[channel]
        if not url:
            return Answer(0)
        answer = await self._ring(url, form)
        if not answer.accepted:
            self.alerts.append(Alert(UNREACHED, f"{url} answered {answer.status}"))
        elif answer.text:
            self._take_answer(channel, sender, answer)
        return answer

    async def _ring(self, url: str, form: Mapping[str, str]) -> Answer:
        bare = urldefrag(url).url
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": sign(self.auth_token, bare, form),
            "I-Twilio-Idempotency-Token": f"{self._random.getrandbits(128):032x}",
            "User-Agent": "TwilioProxy/1.1",
        }
        body = encode(form)
        answer = await self._errands.post(bare, body, headers, seconds=SECONDS_TO_ANSWER)
        if answer.status == 0:  # only a failed connection is tried again, and once
            answer = await self._errands.post(bare, body, headers, seconds=SECONDS_TO_ANSWER)
        return answer

    def _take_answer(self, channel: str, sender: str, answer: Answer) -> None:
        """Read our answer as TwiML; plain text is sent to the person, as the real one does."""
        if answer.content_type == "text/plain":
            self._answer_person(channel, sender, answer.text)
        elif answer.content_type in {"text/xml", "application/xml"}:
            try:
                twiml = ET.fromstring(answer.text)  # noqa: S314  our own server's answer
            except ET.ParseError as error:
                self.alerts.append(Alert(BAD_TWIML, str(error)))
                return
            for verb in twiml.iter("Message"):
                self._answer_person(channel, sender, "".join(verb.itertext()))
        else:
            code = WRONG_TYPE if answer.content_type else NO_TYPE
            self.alerts.append(Alert(code, f"content type {answer.content_type!r}"))

    def _answer_person(self, channel: str, sender: str, text: str) -> None:
        prefix = PREFIX if channel == WHATSAPP else ""
        message = Message(
            self._sid("SM"),
            ANSWERED,
            prefix + self.senders[channel],
            prefix + sender,
            text,
            "delivered",
            self.clock(),
        )
        self.messages[message.sid] = message
        self._show(message, Rendered(text))

    # What becomes of a message.

    async def _set_out(self, message: Message) -> None:
        rendered, error = self._judge(message)
        told = self.callbacks
        if not message.callback and not told.seconds and not rendered.media:
            # Nobody hears of it and nothing takes time: the lean road of a benchmark.
            message.status = "undelivered" if error else self._statuses(message)[-1]
            message.error = error
            self._show(message, rendered)
            return
        self._show(message, rendered)
        if told.before_answer and message.callback:
            await self._ring(message.callback, self._status_form(message, "sent", None))
        self._errands.run(self._travel(message, rendered, error))

    def _statuses(self, message: Message) -> tuple[str, ...]:
        told = self.callbacks.statuses
        return tuple(
            status for status in told if status != "read" or message.channel == WHATSAPP
        ) or (message.status,)

    def _judge(self, message: Message) -> tuple[Rendered, int | None]:
        """What the phone would show, and the code that keeps it from doing so."""
        rendered = Rendered(message.body, media=message.media)
        content = self.contents.get(message.content_sid) if message.content_sid else None
        error = self.verdicts.get(message.person)
        if content is not None:
            values = json.loads(message.content_variables or "{}")
            try:
                rendered = content.fill(values)
            except NotShown as unfit:
                rendered, error = Rendered(f"[{content.friendly_name}]"), error or unfit.code
            message.body = rendered.body
        if message.channel == WHATSAPP and not self._window_open(message.person):
            template = content is not None and content.approved and content.kind != LIST_PICKER
            if not template:
                error = error or OUTSIDE_WINDOW
        return rendered, error

    def _window_open(self, person: str) -> bool:
        if self.window is None:
            return True
        heard = self.heard.get(person)
        return heard is not None and self.clock() - heard < self.window

    async def _travel(self, message: Message, rendered: Rendered, error: int | None) -> None:
        error = error or await self._fetch_media(message, rendered)
        statuses = ["undelivered"] if error else list(self._statuses(message))
        if self.callbacks.shuffled:
            statuses.reverse()
        for status in statuses:
            if self.callbacks.seconds:
                await asyncio.sleep(self.callbacks.seconds)
            self._move(message, status, error)
            if message.callback:
                form = self._status_form(message, status, error)
                for _ in range(2 if self.callbacks.repeated else 1):
                    await self._ring(message.callback, form)

    async def _fetch_media(self, message: Message, rendered: Rendered) -> int | None:
        if message.channel != WHATSAPP:
            return None
        files = []
        for url in rendered.media:
            answer, content = await self._errands.get(url, seconds=SECONDS_TO_ANSWER)
            if not answer.accepted:
                return MEDIA_NOT_FETCHED
            if not SHOWN_MEDIA.fullmatch(answer.content_type):
                return MEDIA_NOT_TAKEN
            kind, name = _kind(answer.content_type), answer.name or _file_name(url)
            files.append(Attachment(kind, name, url, answer.content_type, len(content)))
        if files:
            self._show(message, rendered, tuple(files))
        return None

    def _move(self, message: Message, status: str, error: int | None) -> None:
        message.status, message.error = status, error
        self.phones.status(message.sid, status, str(error) if error else "")

    def _status_form(self, message: Message, status: str, error: int | None) -> dict[str, str]:
        form = status_form(message.sid, self.account_sid, message.sender, message.to, status, error)
        return form | dict(self.callbacks.extra)

    def _show(
        self, message: Message, rendered: Rendered, attachments: tuple[Attachment, ...] = ()
    ) -> None:
        self.phones.show(
            Bubble(
                message.sid,
                message.channel,
                message.person,
                message.direction != INBOUND,
                rendered.body,
                _millis(message.at),
                message.status,
                str(message.error or ""),
                segments=count_segments(rendered.body) if message.channel == SMS else 0,
                attachments=attachments
                or tuple(Attachment("document", _file_name(url), url) for url in rendered.media),
                buttons=tuple((button,) for button in rendered.buttons),
                rows=rendered.rows,
                list_label=rendered.list_label,
            )
        )

    # Small change.

    def _sid(self, prefix: str) -> str:
        return f"{prefix}{self._random.getrandbits(128):032x}"

    def _keep(self, file: Media) -> tuple[str, Media]:
        key = self._sid("ME")
        self._files[key] = file
        return key, file

    def _file_url(self, sid: str, key: str) -> str:
        path = f"/{API_VERSION}/Accounts/{self.account_sid}/Messages/{sid}/Media/{key}"
        return (self.base or "https://api.twilio.com") + path


def _shared(files: tuple[tuple[str, Media], ...], place: Place | None) -> tuple[Attachment, ...]:
    if place is not None:
        return (Attachment("location", place.label or f"{place.latitude}, {place.longitude}"),)
    return tuple(Attachment(_kind(file.content_type), file.name) for _, file in files)


def _kind(content_type: str) -> str:
    if content_type == "image/webp":
        return "sticker"
    first = content_type.partition("/")[0]
    return {"image": "picture", "audio": "voice"}.get(first, "document")


def _file_name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)
