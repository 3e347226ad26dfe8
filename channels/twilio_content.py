"""The buttons and lists that must exist at Twilio before WhatsApp can show them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from pydantic import BaseModel, Field

from channels.present import Option
from models.message import Tag

if TYPE_CHECKING:
    from twilio.rest import Client

AT_ONCE = 4  # contents made at the same time
_PREFIX = "bijli_menu_"
_TEXT_PREFIX = "bijli_text_"
_UNSUBMITTED, _APPROVED = "unsubmitted", "approved"
_NUMBERED = re.compile(r"\{\{(\d+)\}\}")
_PAGE = 500
_SPACES = re.compile(r"[^\S\n]+")
_LINE_BREAKS = re.compile(r"\s*\n\s*")


class ButtonMenus(BaseModel, frozen=True, extra="forbid"):
    """Menus of buttons: every number of options under every number of lines, up to these."""

    options: Annotated[int, Field(ge=0, le=3)]
    lines: Annotated[int, Field(ge=1, le=20)]


class ListMenus(BaseModel, frozen=True, extra="forbid"):
    """Menus behind one word that opens a list."""

    options: Annotated[int, Field(ge=0, le=10)]
    lines: Annotated[int, Field(ge=1, le=20)]
    opener: Mapping[str, Annotated[str, Field(min_length=1, max_length=20)]]  # by language


class Menus(BaseModel, frozen=True, extra="forbid"):
    """The part `menus` of `data/templates.yml`."""

    buttons: ButtonMenus
    rows: ListMenus

    def contents(self) -> dict[str, Mapping[str, Any]]:
        """Every content that is to exist, by its name, as Twilio wants it."""
        made = {
            buttons_name(options, lines): _buttons(options, lines)
            for options in range(1, self.buttons.options + 1)
            for lines in range(1, self.buttons.lines + 1)
        }
        for tag, opener in self.rows.opener.items():
            for options in range(1, self.rows.options + 1):
                for lines in range(1, self.rows.lines + 1):
                    made[rows_name(options, lines, Tag(tag))] = _rows(options, lines, tag, opener)
        return made


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence that may leave outside WhatsApp's 24 hours, once it is approved."""

    sentence: str
    tag: Tag
    body: str  # with `{{1}}` for the first fact
    samples: tuple[str, ...]
    category: str

    @property
    def name(self) -> str:
        """What its content is called; other words have another name."""
        words = hashlib.sha256(self.body.encode()).hexdigest()[:8]
        return f"{_TEXT_PREFIX}{self.sentence}_{self.tag}_{words}".lower().replace("-", "_")

    def content(self) -> Mapping[str, Any]:
        """The content as Twilio wants it."""
        return {
            "language": self.tag.partition("-")[0],
            "variables": {str(place): it for place, it in enumerate(self.samples, 1)},
            "types": {"twilio/text": {"body": self.body}},
        }


@dataclass(frozen=True, slots=True)
class Approved:
    """A text that WhatsApp lets through at any time, its facts as variables."""

    sid: str
    body: str  # with `{{1}}` for the first fact

    def variables(self, text: str) -> str | None:
        """What fills the variables so that the content says a text; None where it cannot."""
        cut = _NUMBERED.split(self.body)
        pattern = "".join(
            f"(?P<_{it}>.+?)"
            if place % 2 and it not in cut[1:place:2]
            else f"(?P=_{it})"
            if place % 2
            else re.escape(it)
            for place, it in enumerate(cut)
        )
        found = re.fullmatch(pattern, text)
        if found is None:
            return None
        numbers = {name.removeprefix("_"): words for name, words in found.groupdict().items()}
        return json.dumps(numbers, ensure_ascii=False)


class _Account(Protocol):
    async def client(self) -> Client:
        """The SDK's client."""


class TwilioContent:
    """The contents of one account."""

    def __init__(self, account: _Account) -> None:
        self._account = account

    async def find(self) -> dict[str, str]:
        """The SID of every menu that exists, by its name. Raises as `Channel.send` does."""
        return await self._named(_PREFIX)

    async def _named(self, prefix: str) -> dict[str, str]:
        client = await self._account.client()
        from channels.twilio_http import TwilioException, translate

        try:
            listed = await client.content.v1.contents.list_async(page_size=_PAGE)
        except TwilioException as error:
            raise translate(error) from error
        named = {str(it.friendly_name): str(it.sid) for it in listed}
        return {name: sid for name, sid in named.items() if name.startswith(prefix)}

    async def ensure(self, menus: Menus) -> dict[str, str]:
        """Make the menus that do not exist yet; the SID of each, by its name.

        A content is never changed: another wording needs another name. Raises as `find` does, and
        a second call goes on where the first one ended.
        """
        sids = await self.find()
        missing = [it for it in menus.contents().items() if it[0] not in sids]
        for some in (missing[at : at + AT_ONCE] for at in range(0, len(missing), AT_ONCE)):
            made = await asyncio.gather(*(self._make(name, content) for name, content in some))
            sids.update(made)
        return sids

    async def publish(self, texts: Sequence[Text]) -> list[tuple[Text, str]]:
        """Make the texts' contents and submit them for approval; how far each one's review is.

        What exists is not made again, nor is what was submitted submitted again. Raises as `find`.
        """
        sids = await self._named(_TEXT_PREFIX)
        states = []
        for text in texts:
            sid = sids.get(text.name) or (await self._make(text.name, text.content()))[1]
            state = await self._review(sid)
            if state == _UNSUBMITTED:
                state = await self._submit(sid, text)
            states.append((text, state))
        return states

    async def approved(self, texts: Sequence[Text]) -> dict[tuple[str, Tag], Approved]:
        """The texts that may leave at any time, by sentence and language. Raises as `find`."""
        sids = await self._named(_TEXT_PREFIX)
        return {
            (text.sentence, text.tag): Approved(sids[text.name], text.body)
            for text in texts
            if text.name in sids and await self._review(sids[text.name]) == _APPROVED
        }

    async def _review(self, sid: str) -> str:
        client = await self._account.client()
        from channels.twilio_http import TwilioException, TwilioRestException, translate

        try:
            found = await client.content.v1.contents(sid).approval_fetch().fetch_async()
        except TwilioException as error:
            if isinstance(error, TwilioRestException) and error.status == HTTPStatus.NOT_FOUND:
                return _UNSUBMITTED
            raise translate(error) from error
        return str((found.whatsapp or {}).get("status") or _UNSUBMITTED)

    async def _submit(self, sid: str, text: Text) -> str:
        client = await self._account.client()
        from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

        from channels.twilio_http import TwilioException, translate

        request = ApprovalCreateList.ContentApprovalRequest(
            {"name": text.name, "category": text.category.upper()}
        )
        try:
            made = await client.content.v1.contents(sid).approval_create.create_async(request)
        except TwilioException as error:
            raise translate(error) from error
        return str(made.status)

    async def _make(self, name: str, content: Mapping[str, Any]) -> tuple[str, str]:
        client = await self._account.client()
        from twilio.rest.content.v1.content import ContentList

        from channels.twilio_http import TwilioException, translate

        request = ContentList.ContentCreateRequest({"friendly_name": name, **content})
        try:
            made = await client.content.v1.contents.create_async(request)
        except TwilioException as error:
            raise translate(error) from error
        return name, str(made.sid)


def buttons_name(options: int, lines: int) -> str:
    """What the content for so many buttons under so many lines is called."""
    return f"{_PREFIX}buttons_{options}x{lines}"


def rows_name(options: int, lines: int, tag: Tag) -> str:
    """What the content for a list of so many rows under so many lines is called."""
    return f"{_PREFIX}rows_{options}x{lines}_{tag.lower().replace('-', '_')}"


def menu_lines(text: str) -> tuple[str, ...]:
    """The lines of a text as a content can hold them: no empty ones, no runs of spaces."""
    return tuple(_LINE_BREAKS.split(_SPACES.sub(" ", text).strip()))


def variables(lines: Sequence[str], options: Sequence[Option]) -> str:
    """What fills a content: its lines, then key and label of each option, as JSON of strings."""
    words = [*lines, *(word for option in options for word in option)]
    numbers = {str(place): word for place, word in enumerate(words, 1)}
    return json.dumps(numbers, ensure_ascii=False)


def _buttons(options: int, lines: int) -> Mapping[str, Any]:
    actions = [
        {"type": "QUICK_REPLY", "id": key, "title": label} for key, label in _slots(options, lines)
    ]
    body = {"body": _body(lines), "actions": actions}
    return {
        "language": "en",
        "variables": _samples(lines + 2 * options),
        "types": {"twilio/quick-reply": body},
    }


def _rows(options: int, lines: int, tag: str, opener: str) -> Mapping[str, Any]:
    items = [{"id": key, "item": label} for key, label in _slots(options, lines)]
    body = {"body": _body(lines), "button": opener, "items": items}
    return {
        "language": tag.partition("-")[0],
        "variables": _samples(lines + 2 * options),
        "types": {"twilio/list-picker": body},
    }


def _body(lines: int) -> str:
    return "\n".join(f"{{{{{place}}}}}" for place in range(1, lines + 1))


def _slots(options: int, lines: int) -> list[tuple[str, str]]:
    """The variables of each option: its key, its label."""
    first = lines + 1
    return [
        (f"{{{{{place}}}}}", f"{{{{{place + 1}}}}}")
        for place in range(first, first + 2 * options, 2)
    ]


def _samples(count: int) -> dict[str, str]:
    return {str(place): f"Sample {place}" for place in range(1, count + 1)}
