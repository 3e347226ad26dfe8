"""An A4 sheet to write on in two languages: the person's first, and small beside it the other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from fpdf import FPDF

from models.message import ENGLISH, HINDI, Tag
from models.words import Say, Word
from voice.voice import Voice

FONTS = Path(__file__).parent / "fonts"
FAMILY = "NotoSansHindi"
MARGIN, WIDTH = 16.0, 178.0  # millimetres
INK, FAINT, LINE, BAND = (26, 28, 32), (98, 104, 114), (200, 205, 212), (238, 242, 247)
_SMALLEST = 6.5  # points; what is longer still is cut
_GAP = 2.0
_WRAPPED, _LINES, _LINE_HEIGHT = (10.5, 9.0, 7.5), 3, 5.0  # points, the largest that fits
_ROW, _FOOT, _AROUND_ROWS = 6.4, 277.0, 16.0


class Sheet:
    """One page; `y` is where the next thing is written, in millimetres from the top."""

    def __init__(self, voice: Voice, tag: Tag, *, made_on: date) -> None:
        self._voice = voice
        self._tag = tag
        self._other = HINDI if tag == ENGLISH else ENGLISH
        self.y = MARGIN
        self._row_height = _ROW
        self._pdf = pdf = FPDF(format="A4")
        pdf.set_auto_page_break(auto=False)
        for style, weight in (("", "Regular"), ("B", "Bold")):
            pdf.add_font(FAMILY, style, FONTS / f"{FAMILY}-{weight}.ttf")
        pdf.set_text_shaping(use_shaping_engine=True)
        # The same values are the same bytes: the only day on the sheet is one of theirs.
        pdf.set_creation_date(datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC))
        pdf.set_lang("en" if tag == ENGLISH else "hi")
        pdf.add_page()

    def finish(self, title: str) -> bytes:
        """The sheet as a PDF."""
        self._pdf.set_title(self.said(title))
        self._pdf.set_author(self.said("paper-company"))
        return bytes(self._pdf.output())

    def said(self, name: str, **facts: Word) -> str:
        """A sentence in the person's language."""
        return self._voice.say(Say(name, facts), self._tag)

    def value(self, value: Word) -> str:
        """A date, a sum, a name as the person's language writes it."""
        return self.said("paper-value", value=value)

    def head(self, title: str) -> None:
        """Who made it, and what it is."""
        company = "paper-company"
        self.write(MARGIN, self.y, 90, self.said(company), size=17, bold=True)
        self.write(MARGIN, self.y + 8, 90, self._otherwise(company), size=10, ink=FAINT)
        right = MARGIN + 90
        self.write(right, self.y, WIDTH - 90, self.said(title), size=14, bold=True, align="R")
        self.write(
            right, self.y + 8, WIDTH - 90, self._otherwise(title), size=10, ink=FAINT, align="R"
        )
        self.y += 16
        self.rule(0.6)
        self.y += 4

    def boxes(self, shown: list[tuple[str, str]]) -> None:
        """What matters most, side by side: large values under their labels."""
        width = (WIDTH - _GAP * (len(shown) - 1)) / len(shown)
        for place, (name, value) in enumerate(shown):
            left = MARGIN + place * (width + _GAP)
            self._pdf.set_fill_color(*BAND)
            self._pdf.rect(left, self.y, width, 24, style="F")
            self.label(name, left + 4, self.y + 2.5, width - 8)
            self.write(left + 4, self.y + 11, width - 8, value, size=17, bold=True, height=10)
        self.y += 24 + 5

    def columns(self, left: list[tuple[str, str]], right: list[tuple[str, str]]) -> None:
        """Labels with their values in two columns; a row without a value is left out."""
        width = (WIDTH - 6) / 2
        top = self.y
        ends = [
            self._column(MARGIN + place * (width + 6), top, width, rows)
            for place, rows in enumerate((left, right))
        ]
        self.y = max(ends) + 4

    def _column(self, x: float, y: float, width: float, rows: list[tuple[str, str]]) -> float:
        for name, value in rows:
            if value:
                self.label(name, x, y, width * 0.46)
                y += max(9.5, self._wrapped(x + width * 0.46, y + 0.6, width * 0.54, value) + 3)
        return y

    def make_room(self, rows: int) -> None:
        """Bring rows closer together where so many would not fit on what is left of the page."""
        self._row_height = min(_ROW, (_FOOT - _AROUND_ROWS - self.y) / rows)

    def table(self, title: str, rows: list[tuple[str, str]], total: tuple[str, str]) -> None:
        """Sums under each other, and what they come to."""
        self._heading(title)
        for name, value in rows:
            self._row(name, value, bold=False)
        self.rule(0.4)
        self.y += 0.8
        self._row(*total, bold=True)
        self.y += 3

    def rows(self, rows: list[tuple[str, str]]) -> None:
        """Labels with their values at the right edge, one under the other."""
        for name, value in rows:
            self._row(name, value, bold=False)

    def _row(self, name: str, value: str, *, bold: bool) -> None:
        own = self.said(name)
        size = 10.5
        self.write(MARGIN + 2, self.y, 100, own, size=size, bold=bold)
        begins = MARGIN + 2 + self._width(own, size, bold=bold) + 3
        self.write(begins, self.y + 0.4, 60, self._otherwise(name), size=8, ink=FAINT)
        self.write(MARGIN + 120, self.y, WIDTH - 122, value, size=size, bold=bold, align="R")
        self.y += self._row_height

    def _heading(self, name: str) -> None:
        self.write(MARGIN + 2, self.y, 80, self.said(name), size=10.5, bold=True)
        begins = MARGIN + 5 + self._width(self.said(name), 10.5, bold=True)
        self.write(begins, self.y + 0.4, 60, self._otherwise(name), size=8, ink=FAINT)
        self.y += 7
        self.rule(0.3)
        self.y += 1

    def foot(self, helpline: str) -> None:
        """Where it comes from, and whom to ask, at the bottom of the page.

        Empty: the company's own helpline.
        """
        facts = {"helpline": helpline} if helpline else {}
        self.y = _FOOT
        self.rule(0.3)
        self.write(MARGIN, 279, WIDTH, self.said("paper-made", **facts), size=8.5)
        other = self._otherwise("paper-made", **facts)
        self.write(MARGIN, 284, WIDTH, other, size=8, ink=FAINT)

    def label(self, name: str, x: float, y: float, width: float) -> None:
        """A label, with the other language under it."""
        self.write(x, y, width, self.said(name), size=9.5)
        self.write(x, y + 4.2, width, self._otherwise(name), size=7.5, ink=FAINT, height=4)

    def rule(self, thickness: float) -> None:
        """A line across the sheet."""
        self._pdf.set_draw_color(*LINE)
        self._pdf.set_line_width(thickness)
        self._pdf.line(MARGIN, self.y, MARGIN + WIDTH, self.y)

    def write(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        *,
        size: float,
        bold: bool = False,
        ink: tuple[int, int, int] = INK,
        align: str = "L",
        height: float = 5.0,
    ) -> None:
        """One line, made smaller and at last cut where it would not fit."""
        pdf = self._pdf
        while (wide := self._width(text, size, bold=bold)) > width and size > _SMALLEST:
            size = max(_SMALLEST, min(size - 0.5, size * width / wide))
        while len(text) > 1 and self._width(text, size, bold=bold) > width:
            text = text.removesuffix("…")[:-1].rstrip() + "…"
        pdf.set_text_color(*ink)
        pdf.set_xy(x, y)
        pdf.cell(w=width, h=height, text=text, align=align)

    def _wrapped(self, x: float, y: float, width: float, text: str) -> float:
        """A value over as many lines as it needs, three at most; how high it is."""
        for size in _WRAPPED:
            lines = self._lines(text, width, size)
            if len(lines) <= _LINES:
                break
        shown = [*lines[: _LINES - 1], " ".join(lines[_LINES - 1 :])] if lines[_LINES:] else lines
        for place, line in enumerate(shown):
            self.write(x, y + place * _LINE_HEIGHT, width, line, size=size)
        return len(shown) * _LINE_HEIGHT

    def _lines(self, text: str, width: float, size: float) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._width(longer, size, bold=False) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _width(self, text: str, size: float, *, bold: bool) -> float:
        self._pdf.set_font(FAMILY, "B" if bold else "", size)
        return self._pdf.get_string_width(text) + 2 * self._pdf.c_margin

    def _otherwise(self, name: str, **facts: Word) -> str:
        """The sentence in the other language; nothing where both say the same."""
        other = self._voice.say(Say(name, facts), self._other)
        return "" if other == self.said(name, **facts) else other
