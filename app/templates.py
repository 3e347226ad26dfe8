"""What `data/templates.yml` says: menus, ids of registered SMS, and texts WhatsApp must approve."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, Field, ValidationError

from channels.twilio_content import Menus, Text
from models.errors import Misconfigured
from models.message import TAGS, Tag
from voice.voice import Voice
from voice.wordings import wording

FILE = Path(__file__).parents[1] / "data" / "templates.yml"

Id = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Language = Literal["en", "hi", "hi-Latn"]


class Templates(BaseModel, frozen=True, extra="forbid"):
    """The file, checked."""

    menus: Menus
    sms: Mapping[str, Mapping[Language, Id]]  # by sentence
    whatsapp: Mapping[str, Literal["utility", "marketing", "authentication"]]  # by sentence


def read(file: Path = FILE) -> Templates:
    """Read the file; `Misconfigured` where it is wrong."""
    try:
        return Templates.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise Misconfigured(f"{file} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise Misconfigured(f"{file}: {place}: {first['msg']}.") from error


def texts(voice: Voice, registered: Templates) -> list[Text]:
    """What WhatsApp must approve, in every language."""
    return [
        Text(name, tag, it.body, it.samples, category)
        for name, category in registered.whatsapp.items()
        for tag in TAGS
        for it in [wording(voice, name, tag)]
    ]


def dlt_ids(file: Path = FILE) -> Mapping[tuple[str, Tag], str]:
    """The registry's id of every SMS sentence that has one, by its name and language."""
    return MappingProxyType(
        {
            (name, Tag(tag)): number
            for name, ids in read(file).sms.items()
            for tag, number in ids.items()
        }
    )
