"""Draws a page that a template described: `pdf("documents/name.xml", context)` gives the bytes of a PDF.

The template is a `<sheet title="" footer="">` of: title, h, p, small, warning, item; `facts` of
`<div><dt/><dd/></div>` as in a page; `table widths="2 1 1"` of `row` (the first one the heads) of `cell`, with
`number="1"` for figures; `pair` of two `side`s; and `chart`, which draws the days of `context["chart"]` with the words
`context["label"]` has for a phase's number or a day. Words are escaped by the template and drawn as words.
"""

import re
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from unicodedata import normalize
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import escape

from django.template.loader import render_to_string
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.platypus import Flowable, KeepInFrame, Paragraph, SimpleDocTemplate, Spacer, Table

from . import paper
from .chart import PaperChart

UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LINES = {
    "title": paper.TITLE,
    "h": paper.HEADING,
    "p": paper.BODY,
    "small": paper.SMALL,
    "warning": paper.WARNING,
}
TIGHT = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 10)]
LOW = [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
FLAT = [*LOW, ("VALIGN", (0, 0), (-1, -1), "TOP")]
RULED = [("LINEBELOW", (0, 0), (-1, -1), 0.4, paper.LINE), ("LINEBELOW", (0, 0), (-1, 0), 0.8, paper.SOFT)]


def pdf(template: str, context: Mapping) -> bytes:
    """The page as a PDF of one A4 sheet; what does not fit is drawn smaller, never cut or carried over."""
    root = fromstring(UNPRINTABLE.sub("", render_to_string(template, dict(context))))
    made = BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=paper.PAGE,
        leftMargin=paper.MARGIN,
        rightMargin=paper.MARGIN,
        topMargin=paper.MARGIN,
        bottomMargin=paper.MARGIN,
        title=root.get("title", ""),
        author="Backstride",
    )
    story = [drawn for part in root for drawn in _draw(part, context)]
    fitted = KeepInFrame(paper.WIDTH, document.height - 14, story, mode="shrink")
    document.build([fitted], onFirstPage=partial(_footer, words=root.get("footer", "")))
    return made.getvalue()


def printable(words: str, font: str = "Plain") -> str:
    """The words in letters the font has; a letter it lacks loses its marks, or becomes a question mark."""
    known = getFont(font).face.charToGlyph
    return "".join(each if ord(each) in known else _plainer(each, known) for each in words)


def _plainer(letter: str, known) -> str:
    bare = "".join(each for each in normalize("NFKD", letter) if ord(each) in known)
    return bare or "?"


def _draw(part: Element, context: Mapping, width: float = paper.WIDTH) -> list[Flowable]:
    if part.tag in LINES:
        return [_words(part, LINES[part.tag])]
    if part.tag == "item":
        return [_words(part, paper.BODY, bullet="•")]
    if part.tag == "chart":
        return [PaperChart(context["chart"], context["label"]), Spacer(0, 3)] if context["chart"] else []
    if part.tag == "pair":
        return [_pair(part, context, width)]
    return [_facts(part, width) if part.tag == "facts" else _table(part, width)]


def _words(part: Element, style, bullet: str | None = None) -> Paragraph:
    words = escape(printable(" ".join("".join(part.itertext()).split())))
    return Paragraph(words, style, bulletText=bullet) if bullet is None else Paragraph(f"{bullet} {words}", style)


def _facts(part: Element, width: float) -> Table:
    """Names and values in two columns of pairs."""
    pairs = [[_words(name, paper.NAME), _words(value, paper.BODY)] for name, value in part]
    if len(pairs) % 2:
        pairs.append(["", ""])
    rows = [pairs[i] + pairs[i + 1] for i in range(0, len(pairs), 2)]
    return Table(rows, colWidths=_widths("2 4 2 4", width), style=[*TIGHT, *FLAT], hAlign="LEFT")


def _table(part: Element, width: float) -> Table:
    rows = [[_words(cell, paper.NUMBER if cell.get("number") else paper.CELL) for cell in row] for row in part]
    return Table(rows, colWidths=_widths(part.get("widths", ""), width), style=[*TIGHT, *FLAT, *RULED], hAlign="LEFT")


def _pair(part: Element, context: Mapping, width: float) -> Table:
    """Two columns beside each other."""
    half = width / 2 - 6
    sides = [[drawn for each in side for drawn in _draw(each, context, half)] for side in part]
    return Table([sides], colWidths=[width / 2, width / 2], style=[*TIGHT, *FLAT])


def _widths(shares: str, width: float) -> list[float]:
    parts = [float(share) for share in shares.split()]
    return [width * share / sum(parts) for share in parts]


def _footer(page, document, words: str) -> None:
    line = Paragraph(escape(printable(words)), paper.SMALL)
    _width, height = line.wrap(paper.WIDTH - 12, paper.MARGIN)
    line.drawOn(page, paper.MARGIN + 6, paper.MARGIN - height + 2)
