"""What stands in a PDF of ours: its words in the order they were written, and glyph by glyph."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>")
_SHOWN = re.compile(rb"/F(\d) [\d.]+ Tf|\(((?:[^()\\]|\\.)*)\) Tj|(ET)", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def written(pdf: bytes) -> str:
    """The words, a line each."""
    return "\n".join("".join(glyphs) for glyphs in lines(pdf))


def lines(pdf: bytes) -> list[list[str]]:
    """What each glyph of each line stands for."""
    content, maps = b"", []
    for found in _STREAM.finditer(pdf):
        stream = _inflated(found[1])
        if b"beginbfchar" in stream:
            maps.append({_code(it[1]): _text(it[2]) for it in _MAPPED.finditer(stream)})
        elif b" Tj" in stream:
            content = stream
    said: list[list[str]] = [[]]
    font: dict[int, str] = {}
    for font_number, shown, end in _SHOWN.findall(content):
        if font_number:
            font = maps[int(font_number) - 1]
        elif end:
            said.append([])
        else:
            raw = _ESCAPED.sub(lambda it: _LETTERS.get(it[1], it[1]), shown)
            said[-1] += [
                # What a syllable is, its first glyph says; the others say nothing.
                font.get(int.from_bytes(raw[at : at + 2]), "")
                for at in range(0, len(raw), 2)
            ]
    return [line for line in said if line]


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _code(hexed: bytes) -> int:
    return int(hexed, 16)


def _text(hexed: bytes) -> str:
    return bytes.fromhex(hexed.decode()).decode("utf-16-be", "replace")
