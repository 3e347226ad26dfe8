"""A loopback Telegram: the Bot API with its limits and moods, and people who write to the bot.

What a test or `/try` turns: `faults` (calls that go wrong), `rings` (how updates arrive),
`migrated`, and the person: `says`, `edits`, `taps`, `shares_contact`, `sends`, `is_at`, `blocks`.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from aiohttp import web

from simulators.faults import Fault, bad_gateway
from simulators.phone import TELEGRAM, Attachment, Bubble
from simulators.telegram_chats import BOT, DEMO_SECRET, DEMO_TOKEN, Chats, bubble_id
from simulators.telegram_rules import (
    ACTIONS,
    LONGEST_ANSWER,
    Refused,
    bad,
    buttons_of,
    check_caption,
    check_commands,
    check_text,
    check_webhook,
    decoded,
    read_markup,
)
from simulators.telegram_updates import Json, StoredFile, TelegramPerson, file_content

__all__ = ["DEMO_SECRET", "DEMO_TOKEN", "Telegram"]

LARGEST_UPLOAD = 50 * 1024 * 1024
SECONDS_TO_FETCH = 20
TOKEN = re.compile(r"\d+:[\w-]{20,}")
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Telegram(Chats):
    """The bot's chats behind the Bot API; made with the settings of `Chats`."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  the settings of `Chats`, see there
        super().__init__(**settings)
        self._methods: Mapping[str, Callable[[Mapping[str, Any]], Awaitable[Any]]] = {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
            "setmycommands": self._set_commands,
            "getmycommands": self._get_commands,
            "deletemycommands": self._delete_commands,
            "sendmessage": self._send_message,
            "senddocument": self._send_document,
            "sendphoto": self._send_photo,
            "editmessagetext": self._edit_text,
            "editmessagereplymarkup": self._edit_markup,
            "answercallbackquery": self._answer_query,
            "sendchataction": self._chat_action,
            "getfile": self._get_file,
        }

    def app(self) -> web.Application:
        """The Bot API's own paths."""
        app = web.Application(client_max_size=LARGEST_UPLOAD)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{file}", self._download)
        return app

    async def obey(self, text: str) -> None:
        """Do what our answer asks for; whether it is refused, Telegram tells nobody."""
        asked = json.loads(text)
        if isinstance(asked, dict) and "method" in asked:
            with suppress(Refused):
                await self._do(str(asked["method"]), asked)

    async def _call(self, request: web.Request) -> web.Response:
        fault = self.faults.strike()
        if fault is Fault.BAD_GATEWAY:
            return bad_gateway()
        try:
            asked = await _parameters(request)
            self._refuse(fault, request.match_info["token"])
            result = await self._do(request.match_info["method"], asked)
            response = web.json_response({"ok": True, "result": result})
        except Refused as refused:
            return _refusal(refused)
        return await self.faults.befall(fault, request, response)

    async def _do(self, name: str, asked: Mapping[str, Any]) -> Any:  # noqa: ANN401  each its own
        method = self._methods.get(name.lower())
        if method is None:
            raise Refused("Not Found: method not found", 404)
        return await method(asked)

    def _refuse(self, fault: Fault | None, token: str) -> None:
        if fault is Fault.TOO_MANY:
            wait = self.faults.retry_after
            raise Refused(f"Too Many Requests: retry after {wait}", 429, retry_after=wait)
        if fault is Fault.SERVER_ERROR:
            raise Refused("Internal Server Error", 500)
        if not TOKEN.fullmatch(token):
            raise Refused("Not Found", 404)
        if token != self.token:
            raise Refused("Unauthorized", 401)

    async def _get_me(self, _: Mapping[str, Any]) -> Json:
        return {
            **BOT,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    async def _set_webhook(self, asked: Mapping[str, Any]) -> bool:
        url, secret = str(asked.get("url", "")), str(asked.get("secret_token", ""))
        if not url:
            return await self._delete_webhook(asked)
        check_webhook(url, secret)
        self.webhook_url, self.secret = url, secret
        if "allowed_updates" in asked:
            self.allowed_updates = tuple(decoded(asked["allowed_updates"], "allowed_updates"))
        self._drop_or_deliver(asked)
        return True

    async def _delete_webhook(self, asked: Mapping[str, Any]) -> bool:
        self.webhook_url = ""
        self._drop_or_deliver(asked)
        return True

    def _drop_or_deliver(self, asked: Mapping[str, Any]) -> None:
        if str(asked.get("drop_pending_updates", "")).lower() == "true":
            self.pending.clear()
        elif self.webhook_url and not self.rings.held:
            self._errands.run(self.release())

    async def _webhook_info(self, _: Mapping[str, Any]) -> Json:
        return {
            "url": self.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
            "max_connections": 40,
            "allowed_updates": list(self.allowed_updates),
        }

    async def _set_commands(self, asked: Mapping[str, Any]) -> bool:
        language = str(asked.get("language_code", ""))
        self.commands[language] = check_commands(asked.get("commands"))
        return True

    async def _get_commands(self, asked: Mapping[str, Any]) -> list[dict[str, str]]:
        return self.commands.get(str(asked.get("language_code", "")), [])

    async def _delete_commands(self, asked: Mapping[str, Any]) -> bool:
        self.commands.pop(str(asked.get("language_code", "")), None)
        return True

    async def _send_message(self, asked: Mapping[str, Any]) -> Json:
        person = self._reachable(asked)
        text = check_text(str(asked.get("text", "")), str(asked.get("parse_mode", "")))
        return self._send(person, {"text": text}, text, asked)

    async def _send_document(self, asked: Mapping[str, Any]) -> Json:
        return await self._send_file("document", asked)

    async def _send_photo(self, asked: Mapping[str, Any]) -> Json:
        return await self._send_file("picture", asked)

    async def _send_file(self, kind: str, asked: Mapping[str, Any]) -> Json:
        person = self._reachable(asked)
        given = asked.get("photo" if kind == "picture" else "document")
        file = await self._given_file(given, asked)
        caption = check_caption(str(asked.get("caption", "")), str(asked.get("parse_mode", "")))
        shown = Attachment(
            kind, file.name, self._file_url(file), file.content_type, len(file.content)
        )
        return self._send(person, file_content(kind, file, caption), caption, asked, (shown,))

    async def _given_file(self, given: object, asked: Mapping[str, Any]) -> StoredFile:
        if isinstance(given, str) and given.startswith("attach://"):
            given = asked.get(given.removeprefix("attach://"))
        if isinstance(given, web.FileField):
            content = given.file.read()
            if not content:
                raise bad("file must be non-empty")
            return self._store(given.filename or "file", given.content_type, content)
        if isinstance(given, str) and (known := self._files.get(given)) is not None:
            return known
        if isinstance(given, str) and given.startswith(("http://", "https://")):
            answer, content = await self._errands.get(given, seconds=SECONDS_TO_FETCH)
            if not answer.accepted or not content:
                raise bad("failed to get HTTP URL content")
            name = answer.name or given.partition("?")[0].rpartition("/")[2]
            return self._store(name, answer.content_type, content)
        raise bad("wrong file identifier/HTTP URL specified")

    def _send(
        self,
        person: TelegramPerson,
        content: Mapping[str, Any],
        text: str,
        asked: Mapping[str, Any],
        attachments: tuple[Attachment, ...] = (),
    ) -> Json:
        markup, kind = read_markup(asked.get("reply_markup"))
        message_id = self._next_message()
        sent: Json = {
            "message_id": message_id,
            "from": BOT,
            "chat": person.chat(),
            "date": self._now(),
            **content,
        }
        if kind == "inline_keyboard":
            sent["reply_markup"] = markup
        self._sent[person.id, message_id] = sent
        self.phones.show(
            Bubble(
                bubble_id(person.id, message_id),
                TELEGRAM,
                str(person.id),
                ours=True,
                text=text,
                at=self._millis(),
                status="sent",
                attachments=attachments,
                buttons=buttons_of(markup.get("inline_keyboard")),
                keyboard=buttons_of(markup.get("keyboard")),
            )
        )
        return sent

    async def _edit_text(self, asked: Mapping[str, Any]) -> Json:
        text = check_text(str(asked.get("text", "")), str(asked.get("parse_mode", "")))
        return self._edit(asked, text)

    async def _edit_markup(self, asked: Mapping[str, Any]) -> Json:
        return self._edit(asked, None)

    def _edit(self, asked: Mapping[str, Any], text: str | None) -> Json:
        person = self._reachable(asked)
        message_id = _number(asked.get("message_id"))
        sent = self._sent.get((person.id, message_id))
        if sent is None:
            raise bad("message to edit not found")
        if sent["from"] != BOT:
            raise bad("message can't be edited")
        markup, _ = read_markup(asked.get("reply_markup"))
        unedited = {key: value for key, value in sent.items() if key != "edit_date"}
        changed = {key: value for key, value in unedited.items() if key != "reply_markup"}
        if text is not None:
            changed["text"] = text
        if markup.get("inline_keyboard"):
            changed["reply_markup"] = markup
        if changed == unedited:
            raise bad(SAME)
        changed["edit_date"] = self._now()
        self._sent[person.id, message_id] = changed
        if (bubble := self.phones.find(bubble_id(person.id, message_id))) is not None:
            self.phones.show(
                replace(
                    bubble,
                    text=str(changed.get("text", "")),
                    buttons=buttons_of(markup.get("inline_keyboard")),
                    edited=text is not None,
                )
            )
        return changed

    async def _answer_query(self, asked: Mapping[str, Any]) -> bool:
        query, text = str(asked.get("callback_query_id", "")), str(asked.get("text", ""))
        if query not in self._queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(text) > LONGEST_ANSWER:
            raise bad("MESSAGE_TOO_LONG")
        self.answered[query] = text
        return True

    async def _chat_action(self, asked: Mapping[str, Any]) -> bool:
        person, action = self._reachable(asked), str(asked.get("action", ""))
        if action not in ACTIONS:
            raise bad("wrong parameter action in request")
        self.actions.append((person.id, action))
        return True

    async def _get_file(self, asked: Mapping[str, Any]) -> Json:
        file = self._files.get(str(asked.get("file_id", "")))
        if file is None:
            raise bad("invalid file_id")
        return file.as_json() | {"file_path": file.id}

    async def _download(self, request: web.Request) -> web.Response:
        file = self._files.get(request.match_info["file"])
        if file is None or request.match_info["token"] != self.token:
            return _refusal(Refused("Not Found", 404))
        return web.Response(body=file.content, content_type=file.content_type)

    def _reachable(self, asked: Mapping[str, Any]) -> TelegramPerson:
        chat_id = _number(asked.get("chat_id"))
        if chat_id in self.migrated:
            raise Refused(
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.migrated[chat_id],
            )
        if chat_id in self.blocked:
            raise Refused("Forbidden: bot was blocked by the user", 403)
        if (person := self.people.get(chat_id)) is None:
            raise bad("chat not found")
        return person


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise bad("chat not found") from None


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Parameters of every kind the Bot API takes: query, form, multipart, JSON."""
    asked: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        content = decoded(await request.text(), "request")
        asked |= content if isinstance(content, dict) else {}
    elif request.can_read_body:
        asked |= dict(await request.post())
    return asked


def _refusal(refused: Refused) -> web.Response:
    content: Json = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.parameters:
        content["parameters"] = refused.parameters
    return web.json_response(content, status=refused.code)
