"""What can be said can be said in every language, and tells the same everywhere."""

import re

import pytest

from models.message import TAGS, Tag
from tests.house.house import ROOT, sources
from voice.sentences import Sentences
from voice.voice import LOCALES, SMS

SPEECH = {tag: Sentences(LOCALES / tag) for tag in TAGS}
FIRST = SPEECH[TAGS[0]]
KNOWN = {"brand", "company", "helpline", "to"}  # the voice adds these where a language wants them
NAMED = re.compile(r"\b(?:Say|reply)\(\s*\"([a-z][a-z-]*)\"")
WITHIN = re.compile(r"\{ ([a-z][a-z-]*) \}")
QUOTED = re.compile(r"[\"']([a-z][A-Za-z_-]*)[\"']")
REPLACED = re.compile(r"\.replace\(\"([a-z-]+-)\", \"([a-z-]+-)\"\)")
COMPOSED = re.compile(r"f\"([a-z-]*)\{[^}\"]*\}([a-z-]*)\"")


def written() -> str:
    """All our Python, tests aside."""
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in sources()
        if path.relative_to(ROOT).parts[0] != "tests"
    )


def told(sentences: Sentences, name: str) -> set[str]:
    """The facts a sentence must be given."""
    return set(sentences.facts(name)) - KNOWN


@pytest.mark.parametrize("tag", TAGS[1:])
def test_every_sentence_exists_in_every_language(tag: Tag) -> None:
    missing = FIRST.names() ^ SPEECH[tag].names()

    assert not missing, f"Only one of en and {tag} has these: {sorted(missing)}"


@pytest.mark.parametrize("tag", TAGS[1:])
def test_a_sentence_tells_the_same_facts_in_every_language(tag: Tag) -> None:
    differing = {
        name: (sorted(here), sorted(there))
        for name in FIRST.names() & SPEECH[tag].names()
        if not name.startswith("date-")
        for here, there in [(told(FIRST, name), told(SPEECH[tag], name))]
        if here != there
    }

    assert not differing, f"en and {tag} tell different facts: {differing}"


def test_every_folder_is_a_language_we_know() -> None:
    assert {home.name for home in LOCALES.iterdir()} == set(TAGS)


def test_every_sentence_named_in_python_is_written() -> None:
    unwritten = {
        name for name in NAMED.findall(written()) if name not in FIRST and name + SMS not in FIRST
    }

    assert not unwritten, f"Write these in locales/*/: {sorted(unwritten)}"


def test_no_sentence_is_left_that_nobody_says() -> None:
    python = written()
    said = set(QUOTED.findall(python))
    for old, new in REPLACED.findall(python):
        said |= {new + name.removeprefix(old) for name in said if name.startswith(old)}
    composed = re.compile(
        "|".join(
            f"{re.escape(before)}.+{re.escape(after)}"
            for before, after in COMPOSED.findall(python)
            if before.endswith("-") or after.startswith("-")
        )
    )
    files = "\n".join(path.read_text("utf-8") for path in (LOCALES / TAGS[0]).glob("*.ftl"))
    within = set(WITHIN.findall(files))

    unsaid = {
        name
        for name in FIRST.names() - within
        if name.removesuffix(SMS) not in said and not composed.fullmatch(name.removesuffix(SMS))
    }

    assert not unsaid, f"Nobody says these; take them out of locales/*/: {sorted(unsaid)}"
