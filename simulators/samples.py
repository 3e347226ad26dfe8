"""Small files to send from a practice phone: a voice note, a picture, a sticker."""

import base64
import struct
import zlib

SIDE = 96
SHADES = {".": (228, 232, 238), "#": (52, 62, 80), "o": (250, 252, 255), "r": (200, 60, 50)}
METER = (
    "............",
    ".##########.",
    ".#oooooooo#.",
    ".#o######o#.",
    ".#o#o##o#o#.",
    ".#o######o#.",
    ".#oooooooo#.",
    ".#oo####oo#.",
    ".#ooooooro#.",
    ".#oooooooo#.",
    ".##########.",
    "............",
)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _draw(rows: tuple[str, ...]) -> bytes:
    """A PNG of coloured squares."""
    scale = SIDE // len(rows)
    lines = b"".join(
        (b"\0" + b"".join(bytes(SHADES[mark]) * scale for mark in row)) * scale for row in rows
    )
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(lines)), _chunk(b"IEND", b""))
    )


PICTURE = _draw(METER)
# The smallest still WebP there is: one transparent dot.
STICKER = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
VOICE = b"OggS" + bytes(60)
