"""A chat sentence as the template that WhatsApp must approve before it may leave after a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.message import Tag
from models.words import Say
from voice.voice import Voice
from voice.worst import worst

_BESIDE = re.compile(r"\}\}\s*\{\{")


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in one language, its facts numbered from 1."""

    name: str
    tag: Tag
    body: str  # with `{{1}}` for the first fact
    samples: tuple[str, ...]  # of each fact, in the order of their numbers


def wording(voice: Voice, name: str, tag: Tag) -> Wording:
    """The wording of a sentence; raises `Unsayable` where there is none in this language."""
    sentences = voice.sentences(tag)
    facts = [fact for fact in sentences.facts(name) if fact not in voice.known(tag)]
    numbered = {fact: f"{{{{{number}}}}}" for number, fact in enumerate(facts, 1)}
    samples = (worst(name, fact, sentences)[:1] for fact in facts)
    return Wording(
        name,
        tag,
        voice.say(Say(name, numbered), tag),
        tuple(voice.word(it[0], tag) if it else "" for it in samples),
    )


def findings(it: Wording) -> Iterator[str]:
    """What WhatsApp's reviewers would refuse, each in one plain sentence."""
    named = f"{it.name} ({it.tag})"
    if it.body.startswith("{{") or it.body.endswith("}}"):
        yield f"{named} begins or ends with a variable; WhatsApp refuses such a template."
    if _BESIDE.search(it.body):
        yield f"{named} has two variables beside each other; WhatsApp refuses such a template."
    if "" in it.samples:
        yield f"{named} has a variable without a sample; voice/worst.py does not know the fact."
