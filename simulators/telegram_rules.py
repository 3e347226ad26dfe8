"""What the Bot API refuses, in its own words."""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from simulators.phone import Button

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_DATA = 64  # bytes: a Devanagari letter is three
LONGEST_ANSWER = 200
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_COMMANDS = 100
LONGEST_COMMAND_TEXT = 256
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
PORTS = frozenset({80, 88, 443, 8443})
TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote"}
    | {"tg-spoiler", "span"}
)
ACTIONS = frozenset(
    {"typing", "upload_photo", "upload_document", "upload_voice", "choose_sticker"}
    | {"find_location", "record_voice", "record_video", "upload_video"}
)


class Refused(Exception):
    """The Bot API does not do this."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.description = description
        self.code = code
        self.parameters = parameters


def bad(words: str) -> Refused:
    """A request the Bot API does not understand or like."""
    return Refused(f"Bad Request: {words}")


def decoded(value: object, name: str) -> Any:  # noqa: ANN401  it is what JSON brings
    """A parameter that is JSON, sent as text in a form."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None


def check_text(text: str, parse_mode: str) -> str:
    """The text as the phone shows it, without its marks."""
    plain = _without_tags(text) if parse_mode.lower() == "html" else text
    if parse_mode and parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    if not plain.strip():
        raise bad("message text is empty")
    if len(plain) > LONGEST_TEXT:
        raise bad("message is too long")
    return plain


def check_caption(text: str, parse_mode: str) -> str:
    """The caption as the phone shows it."""
    plain = _without_tags(text) if parse_mode.lower() == "html" else text
    if len(plain) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return plain


class _Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise bad(f'can\'t parse entities: Unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        if "<" in data:
            raise bad("can't parse entities: Unexpected character in tag")
        self.text.append(data)


def _without_tags(text: str) -> str:
    marks = _Marks()
    # Entities are put back last: a written &lt; is no tag.
    marks.feed(text.replace("&lt;", "\0"))
    marks.close()
    if marks.open:
        raise bad(f"can't parse entities: Can't find end tag corresponding to {marks.open[-1]}")
    return "".join(marks.text).replace("\0", "<")


def read_markup(value: object) -> tuple[dict[str, Any], str]:
    """The reply markup and its kind: inline_keyboard, keyboard, remove_keyboard, force_reply."""
    if not value:
        return {}, ""
    markup = decoded(value, "reply keyboard markup")
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    for kind in ("inline_keyboard", "keyboard"):
        if kind in markup:
            _check_rows(markup[kind], inline=kind == "inline_keyboard")
            return markup, kind
    return markup, next((k for k in ("remove_keyboard", "force_reply") if markup.get(k)), "")


def _check_rows(rows: object, *, inline: bool) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("field of the markup must be an Array of Arrays")
    if sum(len(row) for row in rows) > MOST_BUTTONS or any(
        len(row) > MOST_IN_A_ROW for row in rows
    ):
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            words = button if isinstance(button, str) else button.get("text", "")
            if not words:
                raise bad('can\'t parse keyboard button: Field "text" must be of type String')
            if inline:
                _check_inline(button)


def _check_inline(button: Mapping[str, Any]) -> None:
    if "url" in button:
        if urlsplit(str(button["url"])).scheme not in {"http", "https", "tg"}:
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    elif not 1 <= len(str(button.get("callback_data", "")).encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")


def buttons_of(rows: object) -> tuple[tuple[Button, ...], ...]:
    """A checked keyboard as the phone shows it."""
    if not isinstance(rows, list):
        return ()
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: str | Mapping[str, Any]) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(
        str(button.get("text", "")),
        str(button.get("callback_data", "")),
        str(button.get("url", "")),
        shares_contact=bool(button.get("request_contact")),
    )


def check_webhook(url: str, secret: str) -> None:
    """Raise `Refused` where Telegram would not call this; the loopback may be anywhere."""
    parts = urlsplit(url)
    if not _is_loopback(parts.hostname or ""):
        if parts.scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if secret and not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_commands(value: object) -> list[dict[str, str]]:
    """The commands of a bot's menu."""
    commands = decoded(value, "commands")
    if not isinstance(commands, list):
        raise bad("parameter commands must be an Array")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= LONGEST_COMMAND_TEXT:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands
