"""The clinical questions of an ordinary day in the published order; the first that decides ends the day."""

from dataclasses import dataclass
from datetime import timedelta

from recovery.rules.conditions import CONDITIONS
from recovery.rules.decision import Finding
from recovery.rules.facts import PHASES, RUNNING_PHASE
from recovery.rules.holds import HOLDS
from recovery.rules.moves import back_to, lower_level, start_level, to_level, to_phase
from recovery.rules.picture import Picture
from recovery.rules.plan import Criterion
from recovery.rules.sessions import RED, known_today
from recovery.rules.state import State, changed
from recovery.rules.tightening import stricter

PREVENTION = PHASES[-1]
CONFIRMED_PAIN_OR_FUNCTION = ("step_back_pain", "step_back_function")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a day's questions came to: the outcome, why, and the state after it."""

    outcome: str
    why: Finding
    state: State
    others: tuple[Finding, ...] = ()


def decide(picture: Picture, worsening: bool) -> Verdict:
    """Ask in order: step back, RED session, gap, holds, move on, stay."""
    ways = ways_forward(picture)
    moved = _step_back(picture) or _red_session(picture) or _long_gap(picture)
    moved = moved or _held(picture, worsening) or _forward(picture, ways)
    others = (finding for way in ways for finding in way if finding.rule != moved.why.rule)
    return Verdict(moved.outcome, moved.why, moved.state, (*moved.others, *others))


def _held(picture: Picture, worsening: bool) -> Verdict | None:
    """The first global hold decides, then those of the plan; the others are told."""
    held = [finding for ask in HOLDS if (finding := ask(picture)) is not None]
    if worsening:
        held.append(Finding("worsening", "met"))
    held += (found for rule in picture.phase.hold if (found := check(picture, rule)).verdict == "met")
    return Verdict("hold", decides(held[0]), picture.state, tuple(held[1:])) if held else None


def decides(finding: Finding) -> Finding:
    """The same finding as the one that decides."""
    return Finding(finding.rule, "decides", finding.figures, finding.limits)


def check(picture: Picture, criterion: Criterion) -> Finding:
    """Whether one condition of the plan is met today."""
    ask = CONDITIONS[criterion.condition].check
    limits, replaced = stricter(criterion, picture.state.phase, picture.state.tightenings)
    met, figures = ask(picture, limits) if ask else (False, {})
    if replaced:
        figures = {**figures, "plan_limits": replaced}
    return Finding(criterion.condition, "met" if met else "unmet", figures, dict(limits))


def ways_forward(picture: Picture) -> list[list[Finding]]:
    """What each condition of each way out of the phase found."""
    return [[check(picture, criterion) for criterion in way] for way in picture.phase.advance]


def _step_back(picture: Picture) -> Verdict | None:
    """Pain first, then function, each confirmed by check-ins in a row."""
    for name in CONFIRMED_PAIN_OR_FUNCTION:
        for criterion in picture.phase.step_back:
            if criterion.condition == name and (verdict := _back_by(picture, criterion)):
                return verdict
    return None


def _back_by(picture: Picture, criterion: Criterion) -> Verdict | None:
    finding = check(picture, criterion)
    if finding.verdict != "met" or criterion.to is None:
        return None
    return Verdict("step_back", decides(finding), back_to(picture.state, criterion.to, picture.today))


def _red_session(picture: Picture) -> Verdict | None:
    """A session turned RED today: step back when it is the second, else ease off."""
    red = [record for record in known_today(picture.state.window, picture.today) if record.grade == RED]
    if not red:
        return None
    for criterion in picture.phase.step_back:
        if criterion.condition == "step_back_sessions" and (verdict := _back_by(picture, criterion)):
            return verdict
    return _ease_off(picture, {"session_on": [record.day.isoformat() for record in red]})


def _ease_off(picture: Picture, figures: dict) -> Verdict:
    """After one RED: an easier dose; while running a level down and run-free days; in prevention half."""
    state, limits = changed(picture.state, last_red_on=picture.today), picture.plan.limits
    if state.phase == PREVENTION:
        figures["halved_until"] = (picture.today + timedelta(days=limits["halved_volume_days"])).isoformat()
    elif state.phase == RUNNING_PHASE:
        free_until = picture.today + timedelta(days=limits["run_free_days"])
        figures["run_free_until"] = free_until.isoformat()
        return _down(picture, changed(state, run_free_until=free_until), 1, ("level_down", "red_session"), figures)
    else:
        figures["dose_notch"] = -1
    return Verdict("hold", Finding("red_session", "decides", figures), state)


def _long_gap(picture: Picture) -> Verdict | None:
    """A week or more of silence while running."""
    limits = picture.plan.limits
    if picture.state.phase != RUNNING_PHASE or picture.gap < limits["gap_down"]:
        return None
    names = ("gap_level_down", "gap_hold")
    return _down(picture, picture.state, limits["gap_levels_down"], names, {"gap": picture.gap})


def _down(picture: Picture, state: State, steps: float, names: tuple[str, str], figures: dict) -> Verdict:
    """Some run levels down; on the lowest one it is a hold."""
    level = lower_level(picture.plan, state.run_level or "", int(steps))
    if level == state.run_level:
        return Verdict("hold", Finding(names[1], "decides", figures), state)
    figures = {**figures, "from": state.run_level, "to": level}
    return Verdict("level_down", Finding(names[0], "decides", figures), to_level(state, level, picture.today))


def _forward(picture: Picture, ways: list[list[Finding]]) -> Verdict:
    """Move on by the first way whose conditions all hold, else stay and say what is missing."""
    state = picture.state
    way = next((found for found in ways if all(finding.verdict == "met" for finding in found)), None)
    if way is not None:
        return _move_on(picture, way)
    unmet = next((finding for found in ways for finding in found if finding.verdict == "unmet"), None)
    return Verdict("hold", decides(unmet or Finding("prevention_check", "decides")), state)


def _move_on(picture: Picture, way: list[Finding]) -> Verdict:
    state, plan, today = picture.state, picture.plan, picture.today
    figures: dict = {"day": picture.day_in_phase}
    if state.phase == RUNNING_PHASE and state.run_level in plan.level_keys[:-1]:
        level = plan.level_keys[plan.level_keys.index(state.run_level) + 1]
        why = Finding("level_up", "decides", {"day": picture.day_at_level, "to": level})
        return Verdict("level_up", why, to_level(state, level, today))
    if state.departure is not None:
        until = state.departure.until.isoformat()
        return Verdict("hold", Finding("override", "decides", {"until": until}), state)
    target = PHASES[PHASES.index(state.phase) + 1]
    rule = _rule_of(state.phase, way)
    first = start_level(plan, state.last_run_on, today) if target == RUNNING_PHASE else None
    figures = {**figures, "to": target, "run_level": first}
    return Verdict("advance", Finding(rule, "decides", figures), to_phase(state, target, first, today))


def _rule_of(phase: str, way: list[Finding]) -> str:
    """The name of a way forward."""
    if phase == RUNNING_PHASE:
        return "ladder_done"
    if phase == "low_impact":
        return "run_gate_open"
    return "time_box" if any(finding.rule == "time_box" for finding in way) else "advance"


__all__ = ["Verdict", "check", "decide", "decides", "ways_forward"]
