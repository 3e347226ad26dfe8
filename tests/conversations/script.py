"""Reads transcripts: a title, what is true, and what is said.

    # Someone asks for their bill and pays.
    on whatsapp, telegram
    consumer 901010000123, Ramesh Kumar / रमेश कुमार
      owes ₹1,240 by 5 Dec 2026, then ₹1,264

    > बिल
    < नवंबर 2026 का बिल ₹1,240 है। अंतिम तिथि: 5 दिसंबर 2026।
    < [भुगतान करें] [बिल का ब्योरा]
    > [भुगतान करें]

`>` is the person: words, `[a button]`, `(voice)` for a message without words, or `(secret)` before
words from which something was blanked. `<` is a line of the answer; its options stand in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.message import ChannelName

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message, and the lines it is answered with."""

    said: str
    answered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One talk: where it stands, what is true, and what is said."""

    place: str
    title: str
    channels: tuple[ChannelName, ...]
    givens: tuple[str, ...]
    exchanges: tuple[Exchange, ...]


def scenes() -> Iterator[Scene]:
    """Every talk in every transcript."""
    for path in sorted(HERE.glob("*.txt")):
        yield from read(path.name, path.read_text(encoding="utf-8"))


def read(name: str, text: str) -> Iterator[Scene]:
    """The talks of one transcript; each begins with its title."""
    block: list[str] = []
    begins = 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            if block:
                yield _scene(f"{name}:{begins}", block)
            block, begins = [], number
        if line.strip():
            block.append(line.rstrip())
    if block:
        yield _scene(f"{name}:{begins}", block)


def _scene(place: str, lines: list[str]) -> Scene:
    title, *rest = lines
    givens = [line for line in rest if line[0] not in "<>"]
    where = next(line for line in givens if line.startswith("on "))
    exchanges: list[Exchange] = []
    for line in rest:
        words = line[1:].strip()
        if line[0] == ">":
            exchanges.append(Exchange(words, ()))
        elif line[0] == "<":
            last = exchanges[-1]
            exchanges[-1] = Exchange(last.said, (*last.answered, words))
    return Scene(
        place,
        title.removeprefix("# "),
        tuple(ChannelName(it.strip()) for it in where.removeprefix("on ").split(",")),
        tuple(line for line in givens if line is not where),
        tuple(exchanges),
    )
