"""Setting text in PDF: one font that has Latin, Cyrillic, Greek and Chinese, embedded in each file.

Why the font comes with us: docs/decisions/0012-the-bundles-font.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

FONT = "NotoSansSC"
FILE = Path(__file__).parent / "fonts" / "NotoSansSC-Subset.ttf"
# Written without spaces between words: a line may end anywhere.
UNSPACED = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
MISSING = "\u25a1"  # a box stands where the font has no sign; case.json has the text itself
# As wide as a Chinese character in this font: among Latin letters that is a hole.
STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
INK, QUIET, LINE = (
    colors.HexColor("#1d2733"),
    colors.HexColor("#5b6876"),
    colors.HexColor("#d5dbe1"),
)
WIDTH = 174 * mm  # of the text on A4

TEXT = ParagraphStyle("text", fontName=FONT, fontSize=9, leading=13, textColor=INK)
SMALL = ParagraphStyle("small", parent=TEXT, fontSize=7, leading=9.5, textColor=QUIET)
LABEL = ParagraphStyle("label", parent=TEXT, textColor=QUIET)
TITLE = ParagraphStyle("title", parent=TEXT, fontSize=18, leading=24)
HEADING = ParagraphStyle(
    "heading",
    parent=TEXT,
    fontSize=12,
    leading=16,
    spaceBefore=5 * mm,
    spaceAfter=1.5 * mm,
)


@cache
def _signs() -> frozenset[int]:
    """The font, made known to the PDF library, and the signs that it has."""
    font = TTFont(FONT, str(FILE))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def settable(text: str) -> str:
    """`text` with a box for each sign that the font has not; lines and tabs stay."""
    signs = _signs()
    return "".join(c if ord(c) in signs or c in "\n\t" else MISSING for c in text)


def para(text: object, style: ParagraphStyle = TEXT) -> Paragraph:
    """A paragraph of plain text; its line ends are kept."""
    plain = settable(str(text))
    if UNSPACED.search(plain):
        style = ParagraphStyle(f"{style.name}-unspaced", parent=style, wordWrap="CJK")
    else:
        plain = plain.translate(STRAIGHT)
    return Paragraph(escape(plain).replace("\n", "<br/>"), style)


def heading(text: str) -> Paragraph:
    """The title of a section."""
    return para(text, HEADING)


def pairs(rows: Sequence[tuple[str, object]]) -> Table:
    """Names and values, side by side; rows without a value are left out."""
    body = [[para(name, LABEL), para(value)] for name, value in rows if str(value)]
    return _table(body, [WIDTH * 0.27, WIDTH * 0.73])


def grid(head: Sequence[str], rows: Sequence[Sequence[object]], shares: Sequence[float]) -> Table:
    """A table with a head that is repeated on each page; `shares` of the width add up to 1."""
    body = [[para(cell, LABEL) for cell in head]]
    body += [[para(cell) for cell in row] for row in rows]
    return _table(body, [WIDTH * share for share in shares], head=1)


def said(who: str, when: str, text: str) -> list[Flowable]:
    """Somebody's words under his name; a long text may run over pages."""
    first, *rest = [part for part in text.split("\n\n") if part.strip()] or [""]
    top = KeepTogether([para(f"{who}  ·  {when}", SMALL), para(first)])
    return [top, *(para(part) for part in rest), Spacer(1, 2.2 * mm)]


def _table(body: list[list[Paragraph]], widths: list[float], head: int = 0) -> Table:
    table = Table(body, colWidths=widths, repeatRows=head, hAlign="LEFT", splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table
