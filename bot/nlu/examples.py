"""Training messages, read from Rasa NLU YAML: ours or any other domain's."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

# Rasa marks entities as [text](entity) or [text]{"entity": ...}; only the text was written.
_MARKED = re.compile(r"\[(?P<text>[^\[\]]*)\](?:\([^()]*\)|\{[^{}]*\})")


class UnusableExamples(Exception):
    """The file holds no messages: it should be Rasa NLU YAML with `nlu:` and `examples:`."""


@dataclass(frozen=True, slots=True)
class Example:
    """One training message."""

    text: str
    intent: str
    language: str  # "" where the file does not say
    batch: str  # whose voice it is; whole batches are left out to measure


def read_examples(path: Path) -> list[Example]:
    """Every message of a file, in its order; UnusableExamples without a readable one."""
    try:
        # the C loader is ten times as fast where it was built in
        raw = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe loaders
    except (OSError, yaml.YAMLError, UnicodeError) as error:
        raise UnusableExamples(f"{path} cannot be read as YAML: {error}") from error
    sections = raw.get("nlu") if isinstance(raw, dict) else None
    found = [e for s in sections or () if isinstance(s, dict) for e in _section(s)]
    if not found:
        raise UnusableExamples(f"{path}: {UnusableExamples.__doc__}")
    return found


def _section(section: Mapping[str, object]) -> Iterator[Example]:
    intent = section.get("intent")
    if not isinstance(intent, str):
        return  # a synonym, a look-up table, a regex: Rasa's own business
    about = _metadata(section)
    examples = section.get("examples")
    if isinstance(examples, str):
        rows: list[object] = [
            line.strip()[1:].strip()
            for line in examples.splitlines()
            if line.strip().startswith("-")
        ]
    else:
        rows = examples if isinstance(examples, list) else []
    for row in rows:
        own = {**about, **_metadata(row)} if isinstance(row, dict) else about
        text = row.get("text") if isinstance(row, dict) else row
        if isinstance(text, str) and text.strip():
            plain = _MARKED.sub(lambda m: m["text"], text).strip().removeprefix("- ").strip()
            yield Example(plain, intent, own.get("language", ""), own.get("batch", ""))


def _metadata(section: Mapping[str, object]) -> dict[str, str]:
    about = section.get("metadata")
    return {k: v for k, v in about.items() if isinstance(v, str)} if isinstance(about, dict) else {}
