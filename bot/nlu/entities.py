"""Every value in a message, found by grammars before the classifier sees it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.nlu.amounts import find_amounts
from bot.nlu.categories import find_categories
from bot.nlu.choosing import find_language, find_ordinals
from bot.nlu.dates import find_spoken_days
from bot.nlu.emails import as_typed, find_emails
from bot.nlu.found import Found, Ground
from bot.nlu.normalise import Normal
from bot.nlu.number_words import HALVES, SCALES, number_word
from bot.nlu.numbers import find_other_digits, find_pincodes, find_whole_numbers
from bot.nlu.places import Places
from bot.nlu.powers import find_powers
from bot.nlu.readings import find_readings
from bot.nlu.references import find_references
from bot.nlu.result import Entity
from bot.nlu.tokens import Token
from bot.nlu.written_dates import find_named_months, find_written_dates

_DIGIT = re.compile("[0-9]")


def find_entities(
    text: str, tokens: Sequence[Token], now: datetime, places: Places | None = None
) -> list[Found]:
    """All entities of a normalised text in its order; none overlaps another."""
    ground = Ground()
    has_digit = any(t.text.isdecimal() for t in tokens)
    find_emails(text, ground)
    find_references(text, ground)
    if has_digit:
        find_written_dates(text, ground)
    find_named_months(text, tokens, now, ground)
    worded = any(t.text in SCALES or t.text in HALVES or number_word(t.text) for t in tokens)
    left = find_whole_numbers(text, ground) if has_digit else []
    find_powers(text, ground)
    rest = ground.without_taken(text) if ground.found else text
    if worded or (has_digit and _DIGIT.search(rest)):
        find_readings(rest, ground)
        rest = ground.without_taken(text) if ground.found else text
    if worded or (has_digit and _DIGIT.search(rest)):
        find_amounts(rest, ground)
    if left:
        find_pincodes(text, left, ground)
        find_other_digits(left, ground)
    find_spoken_days(tokens, now, ground)
    find_ordinals(tokens, ground)
    find_language(tokens, ground)
    find_categories(tokens, ground)
    if places is not None:
        places.find(text, tokens, ground)
    ground.found.sort(key=lambda found: found.start)
    return ground.found


def raw_entities(found: Sequence[Found], normal: Normal) -> tuple[Entity, ...]:
    """The same entities, standing in the raw text."""
    placed = (Entity(f.entity, f.value, *normal.raw_span(f.start, f.end)) for f in found)
    return tuple(filter(None, (_in_own_letters(entity, normal.raw) for entity in placed)))


def _in_own_letters(entity: Entity, raw: str) -> Entity | None:
    """An address keeps its capitals; one we could only have guessed is none."""
    if entity.entity != "email":
        return entity
    value = as_typed(str(entity.value), raw[entity.start : entity.end])
    return None if value is None else replace(entity, value=value)
