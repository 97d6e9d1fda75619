"""What a printed page looks like: fonts, colours and the styles of words."""

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

PAGE = A4
MARGIN = 16 * mm
WIDTH = PAGE[0] - 2 * MARGIN

INK, SOFT, LINE = HexColor("#1c2824"), HexColor("#3f4b45"), HexColor("#cfc5b1")
CLAY, SPRUCE, BLUE, RED = HexColor("#b05d2a"), HexColor("#1a4a3c"), HexColor("#254a67"), HexColor("#90111c")
BANDS = [HexColor(code) for code in ("#f7f2e6", "#efe9d8", "#e6e6d3", "#dde3cf", "#d2dec9", "#c7d7c1")]

for name, file in (("Plain", "Vera.ttf"), ("Plain-Bold", "VeraBd.ttf")):
    registerFont(TTFont(name, file))
registerFontFamily("Plain", normal="Plain", bold="Plain-Bold", italic="Plain", boldItalic="Plain-Bold")

BODY = ParagraphStyle("body", fontName="Plain", fontSize=8.2, leading=11, textColor=INK)
SMALL = ParagraphStyle("small", BODY, fontSize=7, leading=9.2, textColor=SOFT)
TITLE = ParagraphStyle("title", BODY, fontName="Plain-Bold", fontSize=15, leading=19)
HEADING = ParagraphStyle("heading", BODY, fontName="Plain-Bold", fontSize=9.6, leading=12, spaceBefore=6, spaceAfter=2)
CELL = ParagraphStyle("cell", BODY, fontSize=7.4, leading=9.2)
NUMBER = ParagraphStyle("number", CELL, alignment=2)
NAME = ParagraphStyle("name", SMALL)
WARNING = ParagraphStyle("warning", BODY, fontName="Plain-Bold", textColor=RED)
