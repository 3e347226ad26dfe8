"""A channel without a provider: what goes out is kept, what comes in is a line of JSON."""

from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from channels.blanking import blank_message
from channels.channel import Capabilities, Forged, Malformed, WebhookRequest
from channels.present import present
from channels.text import readable
from channels.wire import read_json
from models.errors import Trouble, Unknown
from models.message import (
    Address,
    ChannelName,
    InboundMessage,
    Kind,
    OutboundMessage,
    Receipt,
)

SECRET = "the fake provider's own"


class FakeChannel:
    """A channel whose provider does as it is told."""

    def __init__(self, name: ChannelName = ChannelName.WHATSAPP) -> None:
        self.name = name
        self.capabilities = Capabilities(
            buttons=3,
            rows=10,
            longest_label=20,
            longest_text=1600,
            longest_row=24,
            longest_menu=1024,
        )
        self.sent: list[OutboundMessage] = []
        self.on_record: list[InboundMessage] = []
        self.troubles: deque[Trouble] = deque()  # raised by the next calls of `send`, in order
        self.closed = False

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """`{"id": …, "from": …, "text": …, "choice": …}`, with the secret in a header."""
        if request.headers.get("X-Secret") != SECRET:
            raise Forged
        try:
            update: Any = read_json(request.body)
            provider_id, sender = update["id"], update["from"]
        except (ValueError, KeyError, TypeError) as error:
            raise Malformed from error
        heard = blank_message(readable(update.get("text", "")))
        message = InboundMessage(
            id=provider_id,
            sender=Address(self.name, sender),
            text=heard.text,
            received_at=now,
            kind=Kind.CHOICE if "choice" in update else Kind.TEXT,
            choice=update.get("choice"),
            blanked=heard.blanked,
            secret=heard.secret,
        )
        return (message,)

    async def send(self, message: OutboundMessage) -> str:
        """Keep it; `Unknown` keeps it too, and says so to nobody."""
        trouble = self.troubles.popleft() if self.troubles else None
        if trouble is None or isinstance(trouble, Unknown):
            self.sent.append(message)
        if trouble is not None:
            raise trouble
        return f"fake-{message.id}-{len(self.sent)}"

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """The provider remembers everything."""
        return f"fake-{message.id}" if message in self.sent else None

    async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        """What a test has put on record."""
        for message in self.on_record:
            if message.received_at >= since:
                yield message

    async def acknowledge(self) -> None:
        """Nothing to answer."""

    async def close(self) -> None:
        """Nothing to give back."""
        self.closed = True

    def words(self) -> str:
        """All that was sent, as the channel would show it."""
        return "\n".join(
            "\n".join((part.text, *(label for _, label in part.buttons or part.rows)))
            for message in self.sent
            for part in present(message.text, message.options, self.capabilities)
        )
