"""The road back seen from the side: five waypoints on a rising hill, where the person is, and today's move."""

from dataclasses import dataclass

from .paths import Point, arrow_head, at, curves, smooth, tidy

WAYPOINTS: tuple[Point, ...] = ((36, 116), (108, 100), (180, 88), (252, 62), (322, 36))
GROUND: tuple[Point, ...] = (
    (-14, 128),
    (36, 116),
    (72, 106),
    (108, 100),
    (144, 97),
    (180, 88),
    (216, 73),
    (252, 62),
    (288, 52),
    (322, 36),
    (374, 22),
)
FAR_HILL: tuple[Point, ...] = ((-14, 92), (60, 66), (130, 80), (210, 40), (290, 26), (374, 0))
MID_HILL: tuple[Point, ...] = ((-14, 112), (50, 98), (110, 74), (170, 82), (240, 44), (310, 40), (374, 14))
TREES = ((66, 124, 1), (80, 121, 0.75), (146, 118, 0.9), (214, 98, 0.8), (228, 96, 1.1), (290, 82, 0.9), (336, 66, 0.8))
FLOOR = 150
PREVENTION = len(WAYPOINTS) + 1
ONWARD = {"advance": 1, "step_back": -1}


@dataclass(frozen=True, slots=True)
class Stone:
    """A waypoint: its number, place and state (done, here, to, ahead)."""

    number: int
    x: float
    y: float
    state: str

    @property
    def text_y(self) -> float:
        """The baseline that centres the number on the stone."""
        return tidy(self.y + 4.6)


@dataclass(frozen=True, slots=True)
class Move:
    """Today's move as path data: an arc with an arrow head, two bars or a chevron."""

    line: str
    head: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """Everything the trail's template draws, back to front."""

    far: str
    mid: str
    near: str
    trees: tuple[str, ...]
    ahead: str
    walked: str
    stones: tuple[Stone, ...]
    halo: Point
    flag: bool
    move: Move | None
    here: int
    to: int | None


def draw_trail(phase_index: int, move: str | None = None, to_index: int | None = None) -> Trail:
    """The trail for a person at phase 1 to 6, with the move of an outcome, such as advance, hold or step_back."""
    here = min(max(phase_index, 1), PREVENTION)
    to = target(here, move, to_index)
    return Trail(
        far=hill(FAR_HILL),
        mid=hill(MID_HILL),
        near=hill(GROUND),
        trees=tuple(tree(*place) for place in TREES),
        ahead=smooth(GROUND),
        walked=walked(here),
        stones=tuple(stone(number, here, to) for number in range(1, PREVENTION)),
        halo=WAYPOINTS[min(here, len(WAYPOINTS)) - 1],
        flag=not covers_flag(here, move, to),
        move=draw_move(here, move, to),
        here=here,
        to=to,
    )


def target(here: int, move: str | None, to_index: int | None) -> int | None:
    """The phase a move leads to: the one named, else one on or one back; nothing at either end of the road."""
    if move not in ONWARD:
        return None
    to = to_index or here + ONWARD[move]
    return to if 1 <= to <= PREVENTION and to != here else None


def covers_flag(here: int, move: str | None, to: int | None) -> bool:
    """Whether the move is drawn where the flag stands, above the last waypoint."""
    last = len(WAYPOINTS)
    return here < last == to or (here >= last and move in {"hold", "level_up", "level_down"})


def hill(points: tuple[Point, ...]) -> str:
    """A soft line closed down to the floor."""
    return f"{smooth(points)}V{FLOOR}H{tidy(points[0][0])}Z"


def walked(here: int) -> str:
    """The part of the road already behind the person: up to their waypoint, or all of it in prevention."""
    last = len(GROUND) if here == PREVENTION else GROUND.index(WAYPOINTS[here - 1]) + 1
    return f"M{at(GROUND[0])}" + "".join(curves(GROUND)[: last - 1])


def stone(number: int, here: int, to: int | None) -> Stone:
    """A waypoint as somebody at `here` sees it."""
    x, y = WAYPOINTS[number - 1]
    if number == here:
        state = "here"
    elif number < here:
        state = "done"
    else:
        state = "to" if number == to else "ahead"
    return Stone(number, x, y, state)


def tree(x: float, y: float, size: float) -> str:
    """A small fir with its top at the point."""
    low, foot = tidy(y + 12 * size), tidy(y + 22 * size)
    reach = [tidy(x + offset * size) for offset in (5, 2.5, 7, -7, -2.5, -5)]
    return f"M{at((x, y))}L{reach[0]} {low}H{reach[1]}L{reach[2]} {foot}H{reach[3]}L{reach[4]} {low}H{reach[5]}Z"


def draw_move(here: int, move: str | None, to: int | None) -> Move | None:
    """The shape of today's move above the person's waypoint."""
    x, y = WAYPOINTS[min(here, len(WAYPOINTS)) - 1]
    if move == "hold":
        return Move(f"M{tidy(x - 4.5)} {tidy(y - 34)}v10M{tidy(x + 4.5)} {tidy(y - 34)}v10")
    if move == "level_up":
        return Move(f"M{tidy(x - 8)} {tidy(y - 25)}l8 -8l8 8")
    if move == "level_down":
        return Move(f"M{tidy(x - 8)} {tidy(y - 33)}l8 8l8 -8")
    if to is None or min(here, to) > len(WAYPOINTS) - 1:
        return None
    return arc((x, y), WAYPOINTS[min(to, len(WAYPOINTS)) - 1])


def arc(start: Point, end: Point) -> Move:
    """A leap from one waypoint to another; a leap back is dashed."""
    side = 1 if end[0] > start[0] else -1
    leave, land = (start[0] + 4 * side, start[1] - 19), (end[0] - 5 * side, end[1] - 20)
    bend = ((leave[0] + land[0]) / 2, min(leave[1], land[1]) - 24)
    return Move(f"M{at(leave)}Q{at(bend)} {at(land)}", arrow_head(land, bend), side < 0)
