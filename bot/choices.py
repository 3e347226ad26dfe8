"""From what a person tapped or typed to the option they were shown."""

from __future__ import annotations

import re

from bot.nlu.result import NluResult
from models.conversation import Offered

_LAST_DIGITS = re.compile(r"\d{4}")  # as labels show a K-number: ..0123
_NUMBER = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*")


def chosen(text: str, meaning: NluResult, offered: tuple[Offered, ...]) -> str | None:
    """The key of the option meant by `2`, `दो`, `dusra` or its label; None where it is none."""
    if not offered:
        return None
    number = _NUMBER.fullmatch(text)
    place = int(number.group(1)) if number else _ordinal(text, meaning)
    if place is not None:
        index = place - 1 if place > 0 else len(offered) + place
        return offered[index].key if 0 <= index < len(offered) else None
    digits = text.strip()
    if _LAST_DIGITS.fullmatch(digits):
        ends = [it.key for it in offered if _k_of(it.key).endswith(digits)]
        return ends[0] if len(ends) == 1 else None
    wanted = text.strip().casefold()
    return next((it.key for it in offered if it.label.strip().casefold() == wanted), None)


def _k_of(key: str) -> str:
    """The K-number in an option's key; empty for none."""
    return next((part for part in key.split(":")[1:] if part.isdigit()), "")


def _ordinal(text: str, meaning: NluResult) -> int | None:
    """The place named, where the message says nothing else."""
    for entity in meaning.entities:
        if entity.entity == "ordinal":
            rest = text[: entity.start] + text[entity.end :]
            return int(entity.value) if not rest.strip(" .)।") else None
    return None
