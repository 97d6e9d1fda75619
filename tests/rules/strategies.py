"""Histories for the properties, decoded from random bytes: quick to draw, and zeros are the calmest course."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from recovery.rules.decide import fold_day, start
from recovery.rules.facts import (
    PHASES,
    RUN_LEVELS,
    CheckInFact,
    ClearanceFact,
    DayFacts,
    IntakeFact,
    OverrideFact,
    SessionFact,
    StartFact,
)
from recovery.rules.red_flags import FLAGS

FIRST = date(2026, 3, 1)
STOPPING = sorted(code for code, flag in FLAGS.items() if flag.stops)
STATUSES = ("none", "done", "done", "done", "part", "skipped")
MEDICINES = ("none", "none", "none", "otc", "prescribed")
EVENTS = ("readiness", "clearance", "review", "override", "back", "amend", "intake", "gate")
HEIGHTS = (1, 3, 10)  # the highest score of a calm, an ordinary and a wild history
BYTES_A_DAY = 12
LONGEST = 40


class Draw:
    """Takes one byte after the other as a choice."""

    def __init__(self, data: bytes, height: int = 10) -> None:
        self.data = iter(data)
        self.height = height

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1; 0 when the bytes are used up."""
        return next(self.data, 0) % count

    def score(self, lowest: int = 0) -> int:
        """A score up to the height of the history, at least `lowest`."""
        return max(lowest, self.below(self.height + 1))

    def one_in(self, count: int) -> bool:
        """Rarely true."""
        return self.below(count) == count - 1

    def of(self, choices):
        """One of the choices."""
        return choices[self.below(len(choices))]

    def maybe_score(self) -> int | None:
        """A score, or no answer."""
        value = self.below(self.height + 2)
        return value - 1 if value else None


def check_in_of(draw: Draw, day: date, flags: bool = False) -> CheckInFact:
    """Any check-in of a day."""
    average = draw.score()
    return CheckInFact(
        day=day,
        average=average,
        worst=draw.score(average),
        morning=draw.score(),
        function=draw.score(),
        session=session_of(draw),
        medicine=draw.of(MEDICINES),
        woken=draw.one_in(5),
        yesterday_morning=draw.maybe_score(),
        red_flags=(draw.of(STOPPING),) if flags and draw.one_in(30) else (),
        confidence=draw.maybe_score(),
        mood=draw.maybe_score(),
    )


def session_of(draw: Draw) -> SessionFact:
    """Any session."""
    status = draw.of(STATUSES)
    if status in ("none", "skipped"):
        return SessionFact(status)
    return SessionFact(status, draw.score(), draw.one_in(12), draw.below(2) == 0)


def place_of(draw: Draw) -> tuple[str, str | None]:
    """A phase, with a run level where it needs one."""
    phase = draw.of(PHASES)
    return phase, draw.of(RUN_LEVELS) if phase == "return_to_running" else None


def with_event(draw: Draw, facts: DayFacts) -> DayFacts:
    """The day with one of the other things that can happen."""
    day, kind = facts.day, draw.of(EVENTS)
    if kind == "clearance":
        return replace(facts, clearance=ClearanceFact(day, "physiotherapist"))
    if kind == "override":
        phase, level = place_of(draw)
        return replace(facts, override=OverrideFact(day, phase, level, day + timedelta(days=draw.below(10))))
    if kind == "amend" and day > FIRST:
        earlier = day - timedelta(days=1 + draw.below(min((day - FIRST).days, 200)))
        return replace(facts, amendments=(check_in_of(draw, earlier, flags=True),))
    if kind == "intake":
        onset = day - timedelta(days=draw.below(30))
        return replace(facts, intake=IntakeFact(day, onset, None, 40, False, draw.score()))
    changes = {"review": {"review": True}, "back": {"override_withdrawn": True}, "gate": {"tolerant_gate": True}}
    return replace(facts, **changes.get(kind, {"readiness_passed": True}))


def history_of(data: bytes, events: bool, flags: bool) -> tuple[DayFacts, ...]:
    """The first byte says how wild and how patchy the history is, then each day has its own bytes."""
    head = Draw(data[:1])
    style = head.below(12)
    height, missing = HEIGHTS[style % 3], (0, 0, 2, 6)[style // 3]
    found = []
    for number, offset in enumerate(range(1, len(data), BYTES_A_DAY)):
        draw = Draw(data[offset : offset + BYTES_A_DAY], height)
        day = FIRST + timedelta(days=number)
        answers = check_in_of(draw, day, flags) if draw.below(10) < 10 - missing else None
        facts = DayFacts(day, answers)
        if events and sum(data[offset : offset + BYTES_A_DAY]) % 6 == 5:
            facts = with_event(Draw(data[offset + 3 : offset + BYTES_A_DAY] * 3, height), facts)
        found.append(facts)
    return tuple(found)


def days(shortest: int = 1, longest: int = LONGEST, events: bool = True, flags: bool = True):
    """A run of days, mostly with a check-in."""
    sizes = st.integers(shortest, longest).map(lambda count: 1 + BYTES_A_DAY * count)
    data = sizes.flatmap(lambda size: st.binary(min_size=size, max_size=size))
    return data.map(lambda drawn: history_of(drawn, events, flags))


def check_ins(day: date = FIRST):
    """Any check-in of a day, calm or wild."""
    return st.binary(min_size=16, max_size=16).map(lambda data: check_in_of(Draw(data[1:], HEIGHTS[data[0] % 3]), day))


def intakes():
    """Any adult runner."""
    return st.binary(min_size=5, max_size=5).map(intake_of)


def intake_of(data: bytes) -> IntakeFact:
    """An intake of the first day."""
    draw = Draw(data)
    onset = FIRST - timedelta(days=draw.below(90))
    age, first = 18 + draw.below(60), draw.one_in(4)
    return IntakeFact(FIRST, onset, onset if draw.below(3) else None, age, first, draw.score())


def starts():
    """By the entry rule, or in any phase."""
    return st.binary(min_size=5, max_size=5).map(start_of)


def start_of(data: bytes) -> StartFact | None:
    """A start, one in three by the entry rule."""
    draw = Draw(data)
    if draw.below(3) == 0:
        return None
    phase, level = place_of(draw)
    return StartFact(phase, level, draw.maybe_score(), draw.one_in(3))


def fold(plan, intake, begin, history):
    """Every state and decision of a history, from the start."""
    state = start(plan, intake, begin)
    found = []
    for facts in history:
        state, decision = fold_day(plan, intake, state, facts)
        found.append((state, decision))
    return found


@st.composite
def made_worse(draw, answers: CheckInFact) -> CheckInFact:
    """The same answers with one of them raised."""
    names = ["average", "worst", "morning", "function"]
    name = draw(st.sampled_from([*names, "pain"] if answers.session.took_place else names))
    if name == "pain":
        pain = draw(st.integers(answers.session.pain, 10))
        return replace(answers, session=replace(answers.session, pain=pain))
    value = draw(st.integers(getattr(answers, name), 10))
    if name == "average":
        return replace(answers, average=value, worst=max(value, answers.worst))
    return replace(answers, **{name: value})
