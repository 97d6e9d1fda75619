"""Tags for the drawings: trail, road, pain chart, spark, pebbles, terrain. Geometry comes from recovery.web.drawing."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from django import template
from django.templatetags.static import static

from recovery.web.drawing.chart import ChartDay, draw_chart
from recovery.web.drawing.paired_bars import draw_paired_bars
from recovery.web.drawing.pebbles import draw_pebbles
from recovery.web.drawing.road import draw_road
from recovery.web.drawing.session_strip import draw_session_strip
from recovery.web.drawing.spark import draw_spark
from recovery.web.drawing.terrain import draw_terrain
from recovery.web.drawing.trail import draw_trail

register = template.Library()
FIGURES = Path(__file__).parents[1] / "static" / "recovery" / "figures"
ANY_EXERCISE = "recovery/icons/sprite.svg"


@register.inclusion_tag("components/trail.html")
def trail(phase_index: int, move: str | None = None, to_index: int | None = None) -> dict:
    """The road seen from the side; move is an outcome, to_index the phase it leads to when that is not the next one."""
    return {"trail": draw_trail(phase_index, move, to_index), "move": move}


@register.inclusion_tag("components/exercise_figure.html")
def exercise_figure(code: str) -> dict:
    """The drawing of an exercise by its code; one that was added to the plan without a drawing gets a plain sign."""
    name = code.lower()
    if name in _drawn():
        return {"href": f"{static(f'recovery/figures/{name}.svg')}#{name}", "box": "0 0 96 72"}
    return {"href": f"{static(ANY_EXERCISE)}#i-stretch", "box": "-12 -6 48 36"}


@cache
def _drawn() -> frozenset[str]:
    return frozenset(path.stem for path in FIGURES.glob("*.svg"))


@register.inclusion_tag("components/road.html")
def road(phases: Sequence[Mapping], here: int) -> dict:
    """The map of phases, given first to last with title and text."""
    return {"steps": draw_road(phases, here)}


@register.inclusion_tag("components/pain_chart.html")
def pain_chart(
    days: Sequence[ChartDay], variant: str = "phone", goal: int | None = None, finding: str = "", chart_id: str = "pain"
) -> dict:
    """The pain chart with its finding, legend and table; variant phone or work."""
    return {
        "chart": draw_chart(days, variant, goal),
        "days": days,
        "variant": variant,
        "goal": goal,
        "finding": finding,
        "chart_id": chart_id,
        "kinds": {day.outcome for day in days} | {"override" for day in days if day.overridden},
    }


@register.inclusion_tag("components/spark.html")
def spark(values: Sequence[int | None]) -> dict:
    """Daily pain of a few weeks in a table row, oldest first."""
    return {"spark": draw_spark(values)}


@register.inclusion_tag("components/session_strip.html")
def session_strip(states: Sequence[str | None]) -> dict:
    """How the sessions of a few weeks went, oldest first."""
    return {"strip": draw_session_strip(states)}


@register.inclusion_tag("components/pebbles.html")
def pebbles(phase_index: int) -> dict:
    """How far along the road, beside the phase's name."""
    return {"pebbles": draw_pebbles(phase_index)}


@register.inclusion_tag("components/terrain.html")
def terrain(sets: Sequence[Mapping], size: str = "") -> dict:
    """A walk-run session; size="mini" leaves out the words and the numbers."""
    return {"terrain": draw_terrain(sets), "size": size, "sets": sets}


@register.inclusion_tag("components/paired_bars.html")
def paired_bars(old: float, new: float, most: float) -> dict:
    """Two figures of one row, the old one thin, the new one thick; the same `most` for every row of a table."""
    return {"bars": draw_paired_bars(old, new, most)}
