"""Small files to send from a practice phone: a voice note, a picture of a meter, a sticker."""

import base64
import struct
import zlib

WIDTH, HEIGHT = 208, 156
WALL, CASE, RIM, GLASS, LIT, SEAL = (
    (206, 198, 184),
    (242, 243, 240),
    (150, 156, 160),
    (178, 196, 168),
    (30, 38, 34),
    (196, 60, 48),
)
READING = "04521"
# Which of a digit's seven bars are lit: top, two upper, middle, two lower, bottom.
LIT_BARS = {"0": "1110111", "1": "0010010", "2": "1011101", "4": "0111010", "5": "1101011"}
# Where the bars lie in a digit of 14 by 26: left, top, right, bottom.
BARS = (
    (2, 0, 12, 3),
    (0, 2, 3, 12),
    (11, 2, 14, 12),
    (2, 11, 12, 14),
    (0, 13, 3, 24),
    (11, 13, 14, 24),
    (2, 23, 12, 26),
)

Pixels = list[list[tuple[int, int, int]]]


def _fill(
    pixels: Pixels, colour: tuple[int, int, int], left: int, top: int, right: int, bottom: int
) -> None:
    for row in pixels[top:bottom]:
        row[left:right] = [colour] * (right - left)


def _meter() -> Pixels:
    """A meter on a wall, with its reading."""
    pixels: Pixels = [[WALL] * WIDTH for _ in range(HEIGHT)]
    _fill(pixels, RIM, 28, 12, 180, 146)
    _fill(pixels, CASE, 31, 15, 177, 143)
    _fill(pixels, RIM, 46, 30, 162, 76)
    _fill(pixels, GLASS, 48, 32, 160, 74)
    for place, digit in enumerate(READING):
        for lit, (left, top, right, bottom) in zip(LIT_BARS[digit], BARS, strict=True):
            if lit == "1":
                x, y = 58 + place * 20, 40
                _fill(pixels, LIT, x + left, y + top, x + right, y + bottom)
    _fill(pixels, SEAL, 98, 90, 110, 96)
    for line in range(4):
        _fill(pixels, RIM, 58, 106 + line * 8, 150 - line * 12, 109 + line * 8)
    return pixels


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _png(pixels: Pixels) -> bytes:
    lines = b"".join(b"\0" + b"".join(map(bytes, row)) for row in pixels)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(lines)), _chunk(b"IEND", b""))
    )


PICTURE = _png(_meter())
# The smallest still WebP there is: one transparent dot.
STICKER = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
VOICE = b"OggS" + bytes(60)
