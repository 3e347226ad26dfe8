"""`bijli chat`: talk to the bot in the terminal, on the road of a webhook."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from app.logs import log_plainly
from app.settings import Settings
from app.usage import Unusable
from app.wiring import build
from channels.blanking import blank_message
from channels.channel import Capabilities, WebhookRequest
from channels.present import present
from channels.text import readable
from models.message import Address, ChannelName, InboundMessage, OutboundMessage, Receipt

_PHONE = re.compile(r"\+[1-9]\d{6,14}")


class Terminal:
    """A channel that shows what is said on standard output, options as numbered lines."""

    capabilities = Capabilities(buttons=0, rows=0, longest_label=0, longest_text=4096)

    def __init__(self, name: ChannelName) -> None:
        self.name = name

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """Nobody calls a terminal."""
        return ()

    async def send(self, message: OutboundMessage) -> str:
        """Show a message."""
        for part in present(message.text, message.options, self.capabilities):
            print(part.text, end="\n\n", flush=True)
        return f"terminal:{message.id}"

    async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        """A terminal keeps no record."""
        return
        yield

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """A terminal keeps no list."""
        return None

    async def acknowledge(self) -> None:
        """Nothing is expected."""

    async def close(self) -> None:
        """Nothing is open."""


def talk(settings: Settings, channel: str, phone: str) -> None:
    """Read lines, answer each; ends with the input."""
    if channel not in set(ChannelName):
        raise Unusable(f"There is no channel {channel}; choose whatsapp, sms or telegram.")
    if not _PHONE.fullmatch(phone):
        raise Unusable(f"{phone} is no phone number; write it like +919999000001.")
    log_plainly(logging.WARNING)  # between the lines of a talk, news of every step would be noise
    asyncio.run(_talk(settings, ChannelName(channel), phone))


async def _talk(settings: Settings, name: ChannelName, phone: str) -> None:
    # On Telegram a chat has an id of its own, and no number.
    sender = Address(name, phone.lstrip("+") if name is ChannelName.TELEGRAM else phone)
    async with build(settings, "chat", works=True, terminal=Terminal(name)) as house:
        await house.start()
        while line := await asyncio.to_thread(_read):
            heard = blank_message(readable(line.decode("utf-8", "replace").strip()))
            message = InboundMessage(
                f"terminal:{uuid.uuid4().hex}",
                sender,
                heard.text,
                house.clock(),
                blanked=heard.blanked,
                secret=heard.secret,
            )
            await house.worker.take_in(message)
            await house.worker.idle()
        await house.close(patience=5.0)


def _read() -> bytes:
    if sys.stdin.isatty():
        print("> ", end="", flush=True)
    return sys.stdin.buffer.readline()
