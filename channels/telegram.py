"""Telegram, through its Bot API."""

from __future__ import annotations

import asyncio
import hmac
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import structlog

from channels.channel import Capabilities, Forged, WebhookRequest
from channels.patience import keep_trying
from channels.present import Part, numbered, present
from channels.progress import Progress
from channels.telegram_inbound import read
from models.errors import Permanent
from models.message import Attachment, ChannelName, InboundMessage, OutboundMessage, Receipt, Tag

if TYPE_CHECKING:
    from channels.telegram_http import Bot, InlineKeyboardMarkup, ReplyKeyboardMarkup

log = structlog.get_logger()

WEBHOOK_PATH = "/webhooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- the header's name
KINDS = ("message", "edited_message", "callback_query")  # of updates we ask for
CAN = Capabilities(
    buttons=100,
    rows=0,
    longest_label=64,
    longest_text=4096,
    longest_menu=4096,
    longest_caption=1024,
)
LONGEST_KEY = 64  # bytes of callback data
MOST_TAPS = 1000
_ORIGIN = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What a bot needs."""

    token: str
    webhook_secret: str
    api_base: str | None = None  # replaces Telegram's origin


@dataclass(frozen=True, slots=True)
class TelegramWords:
    """What the bot says outside of replies, by language."""

    # The button that shares the person's number; where there is none, it is only asked for.
    share_phone: Mapping[Tag, str] = field(default_factory=dict)
    # Name and purpose; the first language is for everybody whose own is not named.
    commands: Mapping[Tag, Sequence[tuple[str, str]]] = field(default_factory=dict)


class Telegram:
    """One bot, in private chats; groups are not answered."""

    name = ChannelName.TELEGRAM
    capabilities = CAN

    def __init__(self, settings: TelegramSettings, words: TelegramWords | None = None) -> None:
        self._settings = settings
        self._words = words or TelegramWords()
        self._bot: Bot | None = None
        self._making = asyncio.Lock()
        self._taps: deque[str] = deque(maxlen=MOST_TAPS)
        self._progress = Progress()

    async def set_up(self, public_url: str) -> None:
        """Tell Telegram where to call and which commands there are.

        Run it beside everything else: it goes on trying while Telegram does not answer.
        """
        await keep_trying("telegram", partial(self._introduce, public_url))

    async def _introduce(self, public_url: str) -> None:
        bot = await self._made()
        from channels.telegram_http import BotCommand, TelegramError, translate

        try:
            await bot.set_webhook(
                public_url.rstrip("/") + WEBHOOK_PATH,
                secret_token=self._settings.webhook_secret,
                allowed_updates=KINDS,
            )
            for place, (tag, commands) in enumerate(self._words.commands.items()):
                listed = [BotCommand(name, purpose) for name, purpose in commands]
                # Telegram knows languages by two letters; none means everybody else.
                await bot.set_my_commands(listed, language_code=tag[:2] if place else None)
        except TelegramError as error:
            raise translate(error) from error

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """See `Channel`. A tap also waits for `acknowledge`."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        secret = self._settings.webhook_secret.encode()
        if not secret or not hmac.compare_digest(given, secret):
            raise Forged
        update = read(request.body, now)
        if update.tap is not None:
            self._taps.append(update.tap)
        return (update.message,) if update.message is not None else ()

    async def acknowledge(self) -> None:
        """See `Channel`: an unanswered tap shows the person a clock."""
        if not self._taps:
            return
        bot = await self._made()
        from channels.telegram_http import TelegramError

        while self._taps:
            try:
                await bot.answer_callback_query(self._taps.popleft())
            except TelegramError as error:
                log.info("tap_not_answered", reason=type(error).__name__)

    async def send(self, message: OutboundMessage) -> str:
        """See `Channel`. A message in several parts goes on where an earlier attempt ended."""
        bot = await self._made()
        from channels.telegram_http import (
            BadRequest,
            LinkPreviewOptions,
            TelegramError,
            translate,
        )

        quiet = LinkPreviewOptions(is_disabled=True)  # a preview would open the payment link

        async def send_words(part: Part, words: str) -> int:
            sent = await bot.send_message(
                message.to.id,
                words,
                reply_markup=self._keyboard(part, message, last=part is parts[-1]),
                link_preview_options=quiet,
            )
            return sent.message_id

        async def send_paper(part: Part, paper: Attachment) -> int:
            send = bot.send_photo if paper.mime.startswith("image/") else bot.send_document
            keys = self._keyboard(part, message, last=part is parts[-1])
            try:
                sent = await send(
                    message.to.id, paper.url, caption=part.text or None, reply_markup=keys
                )
            except BadRequest as error:
                if type(translate(error)) is not Permanent:
                    raise
                # Telegram cannot fetch it: the words must arrive all the same.
                return await send_words(part, f"{part.text}\n{paper.url}".strip())
            return sent.message_id

        async def send_part(part: Part) -> str:
            try:
                if part.paper is None:
                    number = await send_words(part, part.text)
                else:
                    number = await send_paper(part, part.paper)
            except TelegramError as error:
                raise translate(error) from error
            return f"{message.to.id}:{number}"

        parts = _parts(message)
        return await self._progress.send(message.id, parts, send_part)

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """Telegram keeps no list that a bot can read."""
        return None

    async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        """Telegram calls again by itself until an update is taken, for a day."""
        nothing: tuple[InboundMessage, ...] = ()
        for message in nothing:
            yield message

    async def close(self) -> None:
        """Close the connections; the next call makes new ones."""
        bot, self._bot = self._bot, None
        if bot is not None:
            await bot.request.shutdown()

    async def _made(self) -> Bot:
        async with self._making:
            if self._bot is None:
                # The import takes half a second, which nobody's webhook should wait for.
                await asyncio.to_thread(__import__, "channels.telegram_http")
                from channels.telegram_http import Bot, TelegramHttp

                http = TelegramHttp()
                origin = (self._settings.api_base or _ORIGIN).rstrip("/")
                self._bot = Bot(
                    self._settings.token,
                    base_url=f"{origin}/bot",
                    base_file_url=f"{origin}/file/bot",
                    request=http,
                    get_updates_request=http,
                )
            return self._bot

    def _keyboard(
        self, part: Part, message: OutboundMessage, *, last: bool
    ) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
        """The buttons under a part: its options, or under the last the one to share a number."""
        from channels.telegram_http import (
            InlineKeyboardButton,
            InlineKeyboardMarkup,
            KeyboardButton,
            ReplyKeyboardMarkup,
        )

        if part.buttons:
            return InlineKeyboardMarkup(
                [[InlineKeyboardButton(label, callback_data=key)] for key, label in part.buttons]
            )
        label = self._words.share_phone.get(message.tag)
        if message.asks_contact and last and label:
            share = KeyboardButton(label, request_contact=True)
            return ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
        return None


def _parts(message: OutboundMessage) -> tuple[Part, ...]:
    """The parts to send. Telegram shows one keyboard: a number that is asked for goes before it."""
    keys_fit = all(0 < len(key.encode()) <= LONGEST_KEY for key, _ in message.options)
    if keys_fit and not message.asks_contact:
        return present(message.text, message.options, CAN, message.attached)
    return present(numbered(message.text, message.options), (), CAN, message.attached)
