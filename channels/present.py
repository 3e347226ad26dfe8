"""How a message is shown on a channel: buttons, a list or numbered lines, in parts that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channels.channel import Capabilities
from channels.text import divide, shorten, units
from models.message import Attachment

Option = tuple[str, str]  # key and label


@dataclass(frozen=True, slots=True)
class Part:
    """One message at the provider; at most one of the two holds options."""

    text: str
    buttons: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    paper: Attachment | None = None  # the text stands under it


def present(
    text: str,
    options: Sequence[Option],
    can: Capabilities,
    attached: Sequence[Attachment] = (),
) -> tuple[Part, ...]:
    """The parts to send, in order; the last one has words, and the options under it.

    Options are buttons where these hold every label, else a list, else lines that begin with their
    number. Words stand under the last paper; with options, which no paper can carry, they follow.
    """
    if not attached or not can.longest_caption:
        return _in_words(text, options, can)
    papers = [Part("", paper=it) for it in attached]
    if options:
        return (*papers, *_in_words(text, options, can))
    *before, last = divide(text, can.longest_text)
    if units(last) > can.longest_caption:
        *more, last = divide(last, can.longest_caption)
        before.extend(more)
    papers[-1] = Part(last, paper=attached[-1])
    return (*(Part(it) for it in before), *papers)


def _in_words(text: str, options: Sequence[Option], can: Capabilities) -> tuple[Part, ...]:
    buttons, rows = _places(options, can)
    if not buttons and not rows:
        return tuple(Part(it) for it in divide(numbered(text, options), can.longest_text))
    *before, last = divide(text, can.longest_text)
    if units(last) > can.longest_menu:
        *more, last = divide(last, can.longest_menu)
        before.extend(more)
    return (*(Part(it) for it in before), Part(last, buttons, rows))


def numbered(text: str, options: Sequence[Option]) -> str:
    """The text with its options as lines that begin with the number to type."""
    lines = [f"{place} {_one_line(label)}" for place, (_, label) in enumerate(options, 1)]
    return "\n".join((text, *lines))


def _places(
    options: Sequence[Option], can: Capabilities
) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """The buttons, or the rows of the list; neither where the options must be lines."""
    buttons = _cut(options, can.longest_label) if len(options) <= can.buttons else ()
    if buttons and _labels(buttons) == [_one_line(label) for _, label in options]:
        return buttons, ()
    rows = _cut(options, can.longest_row) if len(options) <= can.rows else ()
    return ((), rows) if rows else (buttons, ())


def _cut(options: Sequence[Option], longest: int) -> tuple[Option, ...]:
    """The options with labels that fit; none where two of them would then look alike."""
    cut = tuple((key, shorten(label, longest)) for key, label in options)
    return cut if len(set(_labels(cut))) == len(cut) else ()


def _labels(options: Sequence[Option]) -> list[str]:
    return [label for _, label in options]


def _one_line(label: str) -> str:
    return " ".join(label.split())
