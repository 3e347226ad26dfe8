"""A picture of how far an understanding can be trusted: its confidence, and its refusals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from voice.sheet import FAMILY, FONTS

if TYPE_CHECKING:
    from bot.nlu.measures import Report

_SIDE, _HIGH = 640, 670  # of a chart, with its labels
_LEFT, _TOP, _WIDE = 96, 110, 480  # of the square that is drawn in
_PAPER, _INK, _FAINT, _RULE = "#ffffff", "#1a1c20", "#5f6672", "#d9dde3"
_OWN, _SHARED, _MARK = "#1c5d99", "#8fb8dc", "#b4541a"
_COLOURS, _QUICK = 32, Image.Quantize.FASTOCTREE
_USUAL = 0.95  # of real wishes kept


def draw(report: Report, path: Path) -> None:
    """Write the picture as PNG: reliability, and the rejection curve where there is one."""
    image = Image.new("RGB", (_SIDE * (2 if report.cuts else 1), _HIGH), _PAPER)
    pen = ImageDraw.Draw(image)
    _reliability(_Chart(pen, 0), report)
    if report.cuts:
        _rejection(_Chart(pen, _SIDE), report)
    image.quantize(_COLOURS, _QUICK).save(path, "PNG")


def _reliability(chart: _Chart, report: Report) -> None:
    chart.frame("Is it as sure as it is right?", "confidence", "share right")
    chart.note(f"{report.messages} messages, calibration error {report.calibration_error:.3f}")
    chart.curve([(0, 0), (1, 1)], _RULE)
    most = max(it.messages for it in report.bins)
    for it in report.bins:
        chart.bar(it.confidence, it.messages / most / 4)
    chart.curve([(it.confidence, it.right) for it in report.bins], _OWN)
    for it in report.bins:
        chart.dot(it.confidence, it.right, _OWN)


def _rejection(chart: _Chart, report: Report) -> None:
    chart.frame("What is refused?", "real wishes kept", "background refused")
    chart.note(f"AUROC {report.auroc:.3f}, the dot at 95 % kept")
    chart.curve([(cut.kept, cut.refused) for cut in report.cuts], _OWN)
    chart.dot(_USUAL, report.refused_at(_USUAL), _MARK)


class _Chart:
    """A square from 0 to 1 both ways."""

    def __init__(self, pen: ImageDraw.ImageDraw, left: int) -> None:
        self._pen, self._left = pen, left + _LEFT

    def frame(self, title: str, across: str, up: str) -> None:
        """The title, the axes and their marks."""
        self._text((self._left, 40), title, 30, bold=True)
        for step in range(6):
            part = step / 5
            x, y = self._at(part, part)
            self._pen.line([self._at(0, part), self._at(1, part)], fill=_RULE)
            self._text((self._left - 44, y), f"{part:.1f}", 20, ink=_FAINT)
            self._text((x - 14, _TOP + _WIDE + 18), f"{part:.1f}", 20, ink=_FAINT)
        self._text((self._left, _TOP - 14), up, 20, ink=_FAINT)
        end = int(_font(20, bold=False).getlength(across))
        self._text((self._left + _WIDE - end, _TOP + _WIDE + 48), across, 20, ink=_FAINT)

    def note(self, text: str) -> None:
        """A line below the title."""
        self._text((self._left, 70), text, 20, ink=_FAINT)

    def bar(self, x: float, height: float) -> None:
        """How many there are."""
        at, top = self._at(x, height)
        self._pen.rectangle((at - 10, top, at + 10, _TOP + _WIDE), fill=_SHARED)

    def curve(self, points: Sequence[tuple[float, float]], ink: str) -> None:
        """A line through points."""
        self._pen.line([self._at(x, y) for x, y in points], fill=ink, width=3)

    def dot(self, x: float, y: float, ink: str) -> None:
        """A point of it."""
        self._pen.circle(self._at(x, y), 6, fill=ink)

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return round(self._left + x * _WIDE), round(_TOP + (1 - y) * _WIDE)

    def _text(
        self, at: tuple[int, int], text: str, size: int, *, ink: str = _INK, bold: bool = False
    ) -> None:
        self._pen.text(at, text, font=_font(size, bold=bold), fill=ink, anchor="lm")


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    weight = "Bold" if bold else "Regular"
    return ImageFont.truetype(FONTS / f"{FAMILY}-{weight}.ttf", size)
