"""A year's consumption as a picture for a phone: a bar a month, the oldest on top."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from models.consumption import Consumption, MonthUnits
from models.message import ENGLISH, Tag
from models.paper import ConsumptionPaper
from models.words import Say, Word
from voice.money import grouped
from voice.sheet import FAMILY, FONTS
from voice.voice import Voice

WIDTH = 1080
_SIDE, TOP, ROW, _BAR = 56, 212, 84, 52
BARS_FROM, _BARS_TO = 330, 860  # what is right of the longest bar holds its number
_LINE = 50
PAPER, _INK, _FAINT, _RULE = "#ffffff", "#1a1c20", "#5f6672", "#d9dde3"
OWN, SHARED, _MEAN = "#1c5d99", "#8fb8dc", "#b4541a"
_COLOURS, _QUICK = 32, Image.Quantize.FASTOCTREE


def draw_consumption(paper: ConsumptionPaper, voice: Voice) -> bytes:
    """The picture: bars with their units, a gap where no bill is known, the average as a line."""
    picture = _Picture(paper.consumption, paper.tag, voice)
    picture.head(paper.k_number)
    picture.bars()
    picture.foot()
    return picture.png()


class _Picture:
    def __init__(self, consumption: Consumption, tag: Tag, voice: Voice) -> None:
        self._said, self._tag, self._voice = consumption, tag, voice
        self._most = max(1, consumption.highest.units or 0)
        self._notes = [self._say("paper-average-line", average=grouped(consumption.average))]
        if any(it.shared for it in consumption.months):
            self._notes.append(self._say("paper-shared"))
        self._bottom = TOP + ROW * len(consumption.months)
        height = self._bottom + 32 + _LINE * len(self._notes) + 24
        self._image = Image.new("RGB", (WIDTH, height), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def head(self, k: str) -> None:
        """What is shown, and of whom."""
        self._text((_SIDE, 72), self._say("paper-consumption"), 52, bold=True)
        whose = f"{self._say('paper-company')} · {self._say('paper-whose', k=k)}"
        self._text((_SIDE, 144), whose, 36, ink=_FAINT)

    def bars(self) -> None:
        """A row a month, and the average across them."""
        at = self._across(self._said.average)
        for y in range(TOP, self._bottom, 14):
            self._draw.line([(at, y), (at, y + 7)], fill=_MEAN, width=3)
        for place, its in enumerate(self._said.months):
            self._row(TOP + place * ROW + ROW // 2, its, newest=its is self._said.newest)

    def _row(self, middle: int, its: MonthUnits, *, newest: bool) -> None:
        self._text((_SIDE, middle), self._say("paper-value", value=its.month), 36, bold=newest)
        if its.units is None:
            self._text((BARS_FROM + 12, middle), self._say("paper-gap"), 34, ink=_FAINT)
            return
        ends = max(self._across(its.units), BARS_FROM + 3)
        box = (BARS_FROM, middle - _BAR // 2, ends, middle + _BAR // 2)
        self._draw.rectangle(box, fill=SHARED if its.shared else OWN)
        number = grouped(its.units)
        # The line of the average must not run through the digits.
        wide = int(_font(38, bold=newest).getlength(number))
        clear = (ends + 6, middle - _BAR // 2, ends + 22 + wide, middle + _BAR // 2)
        self._draw.rectangle(clear, fill=PAPER)
        self._text((ends + 14, middle), number, 38, bold=newest)

    def foot(self) -> None:
        """What the line and the light bars mean."""
        y = self._bottom + 10
        self._draw.line([(_SIDE, y), (WIDTH - _SIDE, y)], fill=_RULE, width=2)
        for place, note in enumerate(self._notes):
            self._text((_SIDE, y + 44 + place * _LINE), note, 34, ink=_FAINT)

    def png(self) -> bytes:
        """The picture as a file; few colours, so that it travels on a weak network."""
        file = io.BytesIO()
        self._image.quantize(_COLOURS, _QUICK).save(file, "PNG")
        return file.getvalue()

    def _across(self, units: int) -> int:
        return BARS_FROM + (_BARS_TO - BARS_FROM) * units // self._most

    def _text(
        self, at: tuple[int, int], text: str, size: int, *, ink: str = _INK, bold: bool = False
    ) -> None:
        """One line that begins here, its middle at this height; smaller where it would not fit."""
        language = "en" if self._tag == ENGLISH else "hi"
        while (font := _font(size, bold=bold)).getlength(text, language=language) > (
            WIDTH - _SIDE // 2 - at[0]
        ) and size > 20:  # noqa: PLR2004 smaller cannot be read
            size -= 2
        self._draw.text(at, text, font=font, fill=ink, anchor="lm", language=language)

    def _say(self, name: str, **facts: Word) -> str:
        return self._voice.say(Say(name, facts), self._tag)


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    weight = "Bold" if bold else "Regular"
    # Raqm shapes Devanagari; without it Pillow writes letter after letter.
    engine = ImageFont.Layout.RAQM
    return ImageFont.truetype(FONTS / f"{FAMILY}-{weight}.ttf", size, layout_engine=engine)
