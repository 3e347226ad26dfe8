"""Twilio's Content API: texts, buttons and lists made beforehand and filled when sent."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulators.phone import Button

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
ADJACENT = re.compile(r"\}\}\s*\{\{")
NAME = re.compile(r"[a-z0-9_]{1,512}")
UNFIT = re.compile(r"[\n\r\t]| {5,}")  # WhatsApp refuses these in a template's variables
CATEGORIES = frozenset({"UTILITY", "MARKETING", "AUTHENTICATION"})

TEXT, MEDIA = "twilio/text", "twilio/media"
QUICK_REPLY, LIST_PICKER, CALL_TO_ACTION = (
    "twilio/quick-reply",
    "twilio/list-picker",
    "twilio/call-to-action",
)
TYPES = (LIST_PICKER, QUICK_REPLY, CALL_TO_ACTION, MEDIA, TEXT)  # the richest first

LONGEST_TEXT = 1600
LONGEST_BODY = 1024
LONGEST_ID = 200
LONGEST_TITLE = 20
LONGEST_ITEM = 24
LONGEST_DESCRIPTION = 72
MOST_BUTTONS = 10
MOST_BUTTONS_IN_SESSION = 3
MOST_ITEMS = 10

CHANNEL_REFUSED_CONTENT = 63005
POLICY_BROKEN = 63013
VARIABLES_MISSING = 63028


class BadContent(Exception):
    """The content cannot be made as asked."""


class NotShown(Exception):
    """The channel does not show this content; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rendered:
    """Content as the phone shows it."""

    body: str
    buttons: tuple[Button, ...] = ()
    list_label: str = ""
    rows: tuple[Button, ...] = ()
    media: tuple[str, ...] = ()


@dataclass(slots=True)
class Content:
    """One content of an account."""

    sid: str
    friendly_name: str
    language: str
    variables: Mapping[str, str]  # sample values, and what stands where none is given
    types: Mapping[str, Mapping[str, Any]]
    date: str
    approval: Mapping[str, Any] | None = None

    @property
    def kind(self) -> str:
        """The richest of its types, which is the one WhatsApp shows."""
        return next(kind for kind in TYPES if kind in self.types)

    @property
    def approved(self) -> bool:
        """Whether WhatsApp lets it through outside the 24 hours."""
        return self.approval is not None and self.approval["status"] == "approved"

    def fill(self, values: Mapping[str, str]) -> Rendered:
        """The content with its variables filled; raises `NotShown`."""
        if self.approved and any(UNFIT.search(value) for value in values.values()):
            raise NotShown(POLICY_BROKEN)
        known = {**self.variables, **values}

        def put(found: re.Match[str]) -> str:
            if found[1] not in known:
                raise NotShown(VARIABLES_MISSING)
            return known[found[1]]

        def filled(part: object) -> str:
            return VARIABLE.sub(put, str(part or ""))

        part = self.types[self.kind]
        buttons = tuple(
            Button(filled(action.get("title")), filled(action.get("id")), filled(action.get("url")))
            for action in part.get("actions", ())
        )
        rows = tuple(
            Button(
                filled(item.get("item")),
                filled(item.get("id")),
                description=filled(item.get("description")),
            )
            for item in part.get("items", ())
        )
        rendered = Rendered(
            filled(part.get("body")),
            buttons,
            filled(part.get("button")),
            rows,
            tuple(filled(url) for url in part.get("media", ())),
        )
        self._show_or_not(rendered)
        return rendered

    def _show_or_not(self, rendered: Rendered) -> None:
        too_long = len(rendered.body) > (
            LONGEST_BODY if rendered.buttons or rendered.rows else LONGEST_TEXT
        )
        too_many = (
            self.kind == QUICK_REPLY
            and not self.approved
            and len(rendered.buttons) > MOST_BUTTONS_IN_SESSION
        )
        bad_button = any(
            not 0 < len(button.label) <= LONGEST_TITLE or len(button.payload) > LONGEST_ID
            for button in rendered.buttons
        )
        bad_row = any(
            not 0 < len(row.label) <= LONGEST_ITEM
            or not 0 < len(row.payload) <= LONGEST_ID
            or len(row.description) > LONGEST_DESCRIPTION
            for row in rendered.rows
        )
        bad_list = bool(rendered.rows) and not 0 < len(rendered.list_label) <= LONGEST_TITLE
        twins = _twins(button.label for button in rendered.buttons) or _twins(
            row.payload for row in rendered.rows
        )
        empty = not rendered.body.strip() and not rendered.media
        if too_long or too_many or bad_button or bad_row or bad_list or twins or empty:
            raise NotShown(CHANNEL_REFUSED_CONTENT)

    def as_json(self) -> dict[str, Any]:
        """The resource as the API gives it."""
        return {
            "sid": self.sid,
            "friendly_name": self.friendly_name,
            "language": self.language,
            "variables": dict(self.variables),
            "types": dict(self.types),
            "date_created": self.date,
            "date_updated": self.date,
            "url": f"https://content.twilio.com/v1/Content/{self.sid}",
            "links": {
                "approval_create": f"https://content.twilio.com/v1/Content/{self.sid}"
                "/ApprovalRequests/whatsapp",
                "approval_fetch": f"https://content.twilio.com/v1/Content/{self.sid}"
                "/ApprovalRequests",
            },
        }


def _twins(names: Iterable[str]) -> bool:
    listed = list(names)
    return len(set(listed)) < len(listed)


def check_content(content: Mapping[str, Any]) -> None:
    """Raise `BadContent` where the Content API would not make this."""
    if not isinstance(content.get("language"), str) or not content["language"]:
        raise BadContent("language is missing")
    types = content.get("types")
    if not isinstance(types, dict) or not types:
        raise BadContent("types is missing")
    variables = content.get("variables") or {}
    if not isinstance(variables, dict) or not all(
        isinstance(value, str) for value in variables.values()
    ):
        raise BadContent("variables must map names to strings")
    for name, part in types.items():
        if name not in TYPES:
            raise BadContent(f"unknown type {name}")
        if not isinstance(part, dict):
            raise BadContent(f"{name} must be an object")
        _check_type(name, part)


def _check_type(name: str, part: Mapping[str, Any]) -> None:
    plain = name in {TEXT, MEDIA}
    _check_length(part, "body", LONGEST_TEXT if plain else LONGEST_BODY, needed=name != MEDIA)
    if name == MEDIA and not part.get("media"):
        raise BadContent("media is missing")
    if name in {QUICK_REPLY, CALL_TO_ACTION}:
        actions = _check_count(part, "actions", MOST_BUTTONS)
        for action in actions:
            _check_length(action, "title", LONGEST_TITLE)
            _check_length(action, "id", LONGEST_ID, needed=False)
    if name == LIST_PICKER:
        _check_length(part, "button", LONGEST_TITLE)
        for item in _check_count(part, "items", MOST_ITEMS):
            _check_length(item, "item", LONGEST_ITEM)
            _check_length(item, "id", LONGEST_ID)
            _check_length(item, "description", LONGEST_DESCRIPTION, needed=False)


def _check_count(part: Mapping[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    entries = part.get(name)
    if not isinstance(entries, list) or not 1 <= len(entries) <= most:
        raise BadContent(f"{name} must hold 1 to {most}")
    return entries


def _check_length(part: Mapping[str, Any], name: str, longest: int, *, needed: bool = True) -> None:
    text = part.get(name)
    if text in (None, ""):
        if needed:
            raise BadContent(f"{name} is missing")
        return
    if not isinstance(text, str):
        raise BadContent(f"{name} must be a string")
    # What a variable becomes is known only when it is sent; here the fixed text must leave room.
    if len(VARIABLE.sub("", text)) > longest:
        raise BadContent(f"{name} is longer than {longest} characters")


def why_not_approved(content: Content, name: str, category: str) -> str:
    """Why WhatsApp's reviewers would refuse this template; empty when they would not."""
    if not NAME.fullmatch(name):
        return "name may hold only lower-case letters, digits and underscores"
    if category not in CATEGORIES:
        return f"unknown category {category}"
    if LIST_PICKER in content.types:
        return "a list-picker cannot be submitted"
    body = str(content.types[content.kind].get("body", "")).strip()
    used = set(VARIABLE.findall(body))
    if VARIABLE.match(body) or re.search(r"\}\}$", body):
        return "a variable may not stand at the start or the end"
    if ADJACENT.search(body):
        return "two variables may not stand beside each other"
    if missing := sorted(used - {key for key, sample in content.variables.items() if sample}):
        return f"no sample for variable {', '.join(missing)}"
    return ""
