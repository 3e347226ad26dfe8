"""The person's fingers on `/try`: what a tap or a word becomes at the provider."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulators.errands import Answer
from simulators.phone import SMS, TELEGRAM, WHATSAPP
from simulators.samples import PICTURE, STICKER, VOICE
from simulators.telegram import Telegram
from simulators.telegram_chats import bubble_id, message_id_of
from simulators.telegram_updates import TelegramPerson
from simulators.twilio import Twilio
from simulators.twilio_forms import Media, Place, Tap

AJMER = Place(26.4499, 74.6399, "Vaishali Nagar, Ajmer", "Vaishali Nagar, Ajmer 305001")
SOMEBODY_ELSE = "+919800000001"
LONGEST = 4096


class Unsayable(Exception):
    """No phone can do this on that channel."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody to be on `/try`."""

    phone: str  # +91…
    name: str
    about_en: str
    about_hi: str

    def telegram(self) -> TelegramPerson:
        """The same person on Telegram, whose id is no phone number for the bot to see."""
        number = int(self.phone.removeprefix("+"))
        return TelegramPerson(number % 9_000_000_007, self.name, self.phone)

    def addresses(self) -> dict[str, str]:
        """Where each channel reaches them."""
        return {WHATSAPP: self.phone, SMS: self.phone, TELEGRAM: str(self.telegram().id)}


@dataclass(frozen=True, slots=True)
class Say:
    """What the page asks for."""

    channel: str
    kind: str
    text: str
    message: str  # the bubble that is tapped or changed
    payload: str
    label: str
    description: str
    row: bool

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> "Say":
        """The page's JSON; raises `Unsayable`."""
        words = {
            name: str(asked.get(name, ""))
            for name in ("channel", "kind", "text", "message", "payload", "label", "description")
        }
        if any(len(word) > LONGEST for word in words.values()):
            raise Unsayable
        return cls(**words, row=asked.get("row") is True)


class TryPhone:
    """One phone with three apps."""

    def __init__(self, twilio: Twilio, telegram: Telegram) -> None:
        self._twilio, self._telegram = twilio, telegram

    async def say(self, person: SamplePerson, say: Say) -> Answer:
        """Do it, and give what our webhook answered; raises `Unsayable`."""
        if say.channel == TELEGRAM:
            return await self._on_telegram(person.telegram(), say)
        if say.channel == WHATSAPP:
            return await self._on_whatsapp(person, say)
        if say.channel == SMS and say.kind == "text" and say.text.strip():
            return (await self._twilio.person_says(SMS, person.phone, say.text)).answer
        raise Unsayable

    async def _on_whatsapp(self, person: SamplePerson, say: Say) -> Answer:
        parts: dict[str, dict[str, Any]] = {
            "text": {"text": say.text},
            "tap": {
                "tap": Tap(say.payload, say.label, say.message, say.row, say.description),
            },
            "voice": {"media": (Media("audio/ogg", VOICE, "voice.ogg"),)},
            "picture": {"media": (Media("image/png", PICTURE, "meter.png"),)},
            "sticker": {"media": (Media("image/webp", STICKER, "sticker.webp"),)},
            "location": {"place": AJMER},
        }
        if say.kind not in parts or (say.kind == "text" and not say.text.strip()):
            raise Unsayable
        heard = await self._twilio.person_says(
            WHATSAPP, person.phone, profile_name=person.name, **parts[say.kind]
        )
        return heard.answer

    async def _on_telegram(self, person: TelegramPerson, say: Say) -> Answer:
        telegram = self._telegram
        deeds: Mapping[str, Callable[[], Awaitable[Answer]]] = {
            "text": lambda: telegram.says(person, say.text),
            "edit": lambda: telegram.edits(person, self._message(person, say), say.text),
            "tap": lambda: telegram.taps(person, self._message(person, say), say.payload),
            "contact": lambda: telegram.shares_contact(person),
            "other_contact": lambda: telegram.shares_contact(
                person, phone=SOMEBODY_ELSE, owner_id=person.id + 1
            ),
            "location": lambda: telegram.is_at(person, AJMER.latitude, AJMER.longitude),
            "voice": lambda: telegram.sends(
                person, "voice", VOICE, name="voice.ogg", content_type="audio/ogg"
            ),
            "picture": lambda: telegram.sends(
                person, "picture", PICTURE, name="meter.png", content_type="image/png"
            ),
            "sticker": lambda: telegram.sends(
                person, "sticker", STICKER, name="🙏", content_type="image/webp"
            ),
        }
        needs_text = say.kind in {"text", "edit"}
        if say.kind not in deeds or (needs_text and not say.text.strip()):
            raise Unsayable
        try:
            return await deeds[say.kind]()
        except KeyError:
            raise Unsayable from None

    def _message(self, person: TelegramPerson, say: Say) -> int:
        bubble = self._telegram.phones.find(say.message)
        if bubble is None or say.message != bubble_id(person.id, message_id_of(bubble)):
            raise Unsayable
        return message_id_of(bubble)
