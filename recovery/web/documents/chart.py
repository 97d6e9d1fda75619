"""The pain chart on paper: the same geometry as on the screen, told apart without colour too."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from recovery.web.drawing.chart import ChartDay, bands, date_labels, join
from recovery.web.drawing.chart_frame import WORK

from .paper import BANDS, BLUE, CLAY, INK, LINE, RED, SOFT, SPRUCE, WIDTH

FRAME = replace(WORK, height=262, bottom=196, marks_y=212, ground_base=226, dates_y=242, left=30)
UP, DOWN = ("advance", "level_up"), ("step_back", "level_down")


class PaperChart(Flowable):
    """Average as a line with dots, worst as a whisker, morning as a small square; gaps stay gaps."""

    def __init__(self, days: Sequence[ChartDay], label):
        super().__init__()
        self.days, self.label = days, label
        self.scale = WIDTH / FRAME.width
        self.width, self.height = WIDTH, FRAME.height * self.scale

    def draw(self) -> None:
        """Everything, back to front, in the screen's units and its direction."""
        page = self.canv
        page.saveState()
        page.scale(self.scale, self.scale)
        page.translate(0, FRAME.height)
        for part in (self._bands, self._grid, self._mornings, self._worst, self._averages, self._marks, self._dates):
            part(page)
        page.restoreState()

    def _bands(self, page) -> None:
        for band in bands(self.days, FRAME):
            page.setFillColor(BANDS[band.phase_index - 1])
            page.rect(band.x, -FRAME.floor, band.width, FRAME.band_height, stroke=0, fill=1)
            if band.wide:
                self._text(page, band.middle, 16, self.label(band.phase_index))

    def _grid(self, page) -> None:
        page.setStrokeColor(LINE)
        page.setLineWidth(0.7)
        for value in FRAME.grid:
            page.line(FRAME.left, -FRAME.y(value), FRAME.right, -FRAME.y(value))
            self._text(page, FRAME.left - 14, FRAME.y(value) + 4, str(value))

    def _mornings(self, page) -> None:
        page.setStrokeColor(BLUE)
        page.setLineWidth(1.2)
        for i, day in enumerate(self.days):
            if day.morning is not None:
                page.rect(self._x(i) - 3, -FRAME.y(day.morning) - 3, 6, 6, stroke=1, fill=0)

    def _worst(self, page) -> None:
        page.setStrokeColor(CLAY)
        page.setLineWidth(1.2)
        for i, day in enumerate(self.days):
            if day.worst is not None and day.average is not None and day.worst > day.average:
                top = -FRAME.y(day.worst)
                page.line(self._x(i), -FRAME.y(day.average), self._x(i), top)
                page.line(self._x(i) - 4, top, self._x(i) + 4, top)

    def _averages(self, page) -> None:
        known = [(i, day.average) for i, day in enumerate(self.days) if day.average is not None]
        points = [(self._x(i), FRAME.y(value)) for i, value in known]
        runs, gaps = join(known, points)
        page.setStrokeColor(CLAY)
        page.setFillColor(CLAY)
        for lines, width, dash in ((gaps, 1.2, (2, 5)), (runs, 2.6, ())):
            page.setLineWidth(width)
            page.setDash(*dash)
            for line in lines:
                for (x, y), (to_x, to_y) in zip(line, line[1:], strict=False):
                    page.line(x, -y, to_x, -to_y)
        page.setDash()
        for x, y in points:
            page.circle(x, -y, 3.4, stroke=0, fill=1)

    def _marks(self, page) -> None:
        for i, day in enumerate(self.days):
            if day.outcome in UP or day.outcome in DOWN:
                self._triangle(page, self._x(i), -1 if day.outcome in DOWN else 1)
            elif day.outcome == "stop":
                page.setFillColor(RED)
                page.rect(self._x(i) - 5, -FRAME.marks_y - 5, 10, 10, stroke=0, fill=1)

    def _triangle(self, page, x: float, up: int) -> None:
        page.setFillColor(SPRUCE if up > 0 else BLUE)
        path = page.beginPath()
        path.moveTo(x - 6, -FRAME.marks_y - 5 * up)
        path.lineTo(x + 6, -FRAME.marks_y - 5 * up)
        path.lineTo(x, -FRAME.marks_y + 6 * up)
        path.close()
        page.drawPath(path, stroke=0, fill=1)

    def _dates(self, page) -> None:
        for each in date_labels(self.days, FRAME):
            self._text(page, max(each.x, FRAME.left + 14), FRAME.dates_y, self.label(each.day))

    def _text(self, page, x: float, y: float, words: str) -> None:
        page.setFillColor(SOFT if words else INK)
        page.setFont("Plain", 11)
        page.drawCentredString(x, -y, words)

    def _x(self, index: int) -> float:
        return FRAME.x(index, len(self.days))
