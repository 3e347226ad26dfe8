"""Telegram's updates, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TelegramPerson:
    """Somebody with Telegram; a private chat has the person's id."""

    id: int
    first_name: str
    phone: str = ""  # +91…; known to bots only when shared
    language_code: str = "en"

    def user(self) -> Json:
        """The person as a bot sees them."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    def chat(self) -> Json:
        """Their private chat with the bot."""
        return {"id": self.id, "first_name": self.first_name, "type": "private"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file Telegram keeps."""

    id: str
    name: str
    content_type: str
    content: bytes

    def as_json(self) -> Json:
        """What every kind of file says of itself."""
        return {
            "file_id": self.id,
            "file_unique_id": f"u{self.id[-12:]}",
            "file_size": len(self.content),
        }


def message(person: TelegramPerson, message_id: int, date: int, content: Mapping[str, Any]) -> Json:
    """A message of a person to the bot."""
    return {
        "message_id": message_id,
        "from": person.user(),
        "chat": person.chat(),
        "date": date,
        **content,
    }


def words(text: str) -> Json:
    """Text, with its command marked."""
    content: Json = {"text": text}
    if text.startswith("/"):
        length = len(text.split(maxsplit=1)[0])
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return content


def contact(person: TelegramPerson, phone: str, owner_id: int) -> Json:
    """A shared contact; numbers come without a plus. Somebody else's comes forwarded."""
    content: Json = {
        "contact": {
            "phone_number": phone.removeprefix("+"),
            "first_name": person.first_name,
            "user_id": owner_id,
        }
    }
    if owner_id != person.id:
        content["forward_origin"] = {
            "type": "hidden_user",
            "sender_user_name": "Somebody",
            "date": 1_763_900_000,
        }
    return content


def file_content(kind: str, file: StoredFile, caption: str) -> Json:
    """A voice note, a picture, a sticker or a document."""
    entry = file.as_json()
    if kind == "voice":
        return {"voice": entry | {"duration": 3, "mime_type": file.content_type}}
    if kind == "sticker":
        shape = {"type": "regular", "width": 512, "height": 512, "emoji": "🙏"}
        return {"sticker": entry | shape | {"is_animated": False, "is_video": False}}
    told: Json = {"caption": caption} if caption else {}
    if kind == "picture":
        small = entry | {"file_id": f"{file.id}s", "file_unique_id": f"s{file.id[-12:]}"}
        return told | {
            "photo": [small | {"width": 90, "height": 90}, entry | {"width": 800, "height": 800}]
        }
    return told | {"document": entry | {"file_name": file.name, "mime_type": file.content_type}}
