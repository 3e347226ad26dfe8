"""The process that draws papers: takes values at its standard input, gives files at its output.

It ends when the input does, so that it never outlives who started it.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from typing import BinaryIO

from models.paper import Paper, Printed
from voice.papers import printed
from voice.voice import Company, Voice

_SIZE = struct.Struct(">I")
_NICENESS = 5  # papers may wait for turns, turns never for papers


def draw_for_ever(inward: BinaryIO, outward: BinaryIO) -> None:
    """First the company comes, then paper after paper."""
    company = _next(inward)
    assert isinstance(company, Company)  # noqa: S101 the printer sends it first
    voice = Voice(company)
    while (paper := _next(inward)) is not None:
        body = pickle.dumps(_drawn(paper, voice))  # type: ignore[arg-type]  # only papers follow
        outward.write(_SIZE.pack(len(body)) + body)
        outward.flush()


def _drawn(paper: Paper, voice: Voice) -> Printed | str:
    try:
        return printed(paper, voice)
    except Exception as error:  # noqa: BLE001 one paper that cannot be drawn must not end the shop
        return f"{type(error).__name__}: {error}"


def _next(inward: BinaryIO) -> object:
    head = inward.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    body = inward.read(size)
    return pickle.loads(body) if len(body) == size else None  # noqa: S301 our own process wrote it


if __name__ == "__main__":
    os.nice(_NICENESS)
    draw_for_ever(sys.stdin.buffer, sys.stdout.buffer)
