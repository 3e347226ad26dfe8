"""What understanding can learn from a turn: masked, so that it tells of no person."""

from __future__ import annotations

import re

from bot.nlu.normalise import LONGEST
from bot.nlu.result import Entity, NluResult
from bot.options import read_key
from bot.router import Route
from models.conversation import Talk
from models.lesson import Lesson
from models.message import Tag

_STAY = frozenset({"amount", "date", "month"})  # numbers that are nobody's
_SPOKEN = frozenset({"k_number", "phone", "digits"})  # may be said in words
_NUMBER = re.compile(r"\d(?:[ .,/-]?\d){3,}")  # fewer digits name nobody: a flat, a count, units
_MAIL = re.compile(r"\S+@\S+")
# The word after them that is no name: mera naam galat hai, mera naam badalna hai.
_NO_NAME = (
    r"(?!(?:h|hai|is|he|bill|bil|me|mein|se|par|kya|kaise|nahi|not|gal[a]?t|sahi|theek|wrong|change"
    r"|correct|update|spelling|badal\S*|sudh\S*|jod\S*|hat\S*|है|में|से|पर|क्या|कैसे|नहीं|गलत|सही|बदल\S*"
    r"|सुधार\S*|जोड\S*|हट\S*)(?!\S))"
)
_WORD = rf"{_NO_NAME}[^\s\d,.;:|।!?]+"
_NAMES = (
    re.compile(
        rf"((?<!\S)(?:m[ae]ra|hamara|मेरा|हमारा)\s+(?:poora\s+|pura\s+|पूरा\s+)?(?:naa?m|नाम)"
        rf"|(?<!\S)my\s+(?:full\s+)?name|(?<!\S)(?:name|naa?m|नाम)\s*[:=-])"
        rf"(\s*(?:is|hai|है|[:=-])?\s+)({_WORD}(?:\s+{_WORD}){{0,2}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"((?<!\S)(?:main|mai|मैं))(\s+)({_WORD}(?:\s+{_WORD}){{0,2}}?)(?=\s+(?:bol|बोल))",
        re.IGNORECASE,
    ),
)
_MASK = "*"


def lesson(route: Route, text: str, meaning: NluResult, before: Talk, tag: Tag) -> Lesson | None:
    """What this turn teaches: a message not understood, or what the one before it had meant."""
    if route.teaches and meaning.ranking:
        guessed, confidence = meaning.ranking[0]
        said = masked(text, meaning.entities)
        return Lesson(said, Tag(meaning.language or tag), guessed, confidence)
    wish = route.wish
    offered = {read_key(it.key).intent for it in before.offered} if before.missed else set()
    if wish is not None and wish.intent in offered:
        return Lesson(before.missed, tag, chosen=wish.intent)
    return None


def awaited(route: Route, learnt: Lesson | None) -> str:
    """The masked message for which likely wishes are being offered; empty for none."""
    offers = route.teaches and route.reply is not None and route.reply.asks
    return learnt.text if learnt is not None and offers else ""


def masked(text: str, entities: tuple[Entity, ...]) -> str:
    """What was said, in one line, without anybody's number, address or name; sums stay."""
    said = text[:LONGEST]
    kept = [(it.start, it.end) for it in entities if it.entity in _STAY]
    for it in sorted(entities, key=lambda it: -it.start):
        inside = said[it.start : it.end]
        if it.entity == "reference":
            mask = re.sub(r"\w", "0", inside.partition("-")[2])
            said = f"{said[: it.start]}{inside.partition('-')[0]}-{mask}{said[it.end :]}"
        elif it.entity in _SPOKEN and not any(map(str.isdecimal, inside)):
            said = said[: it.start] + _MASK.ljust(len(inside)) + said[it.end :]
    said = _NUMBER.sub(lambda it: it[0] if _within(it.span(), kept) else _zeros(it[0]), said)
    said = _MAIL.sub(_MASK, said)
    for names in _NAMES:
        said = names.sub(rf"\1\2{_MASK}", said)
    plain = "".join(it if it.isprintable() else " " for it in said)
    return " ".join(plain.replace("[", "(").replace("]", ")").split())


def _within(span: tuple[int, int], kept: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in kept)


def _zeros(number: str) -> str:
    return re.sub(r"\d", "0", number)
