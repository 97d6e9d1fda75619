"""Global holds: reasons to stay where you are today, whatever else is met (H1-H8)."""

from recovery.rules.decision import Finding
from recovery.rules.facts import PHASES
from recovery.rules.picture import Picture
from recovery.rules.windows import days_to, middle, weekly_rise

LAST = PHASES[-1]
TREND_PHASES = PHASES[2:5]


def gap_hold(picture: Picture) -> Finding | None:
    """Some days are missing: the windows must fill again. The prevention phase has its weekly rhythm."""
    limits = picture.plan.limits
    if picture.state.phase == LAST or picture.gap < limits["gap_hold"]:
        return None
    return Finding("gap_hold", "met", {"gap": picture.gap}, {"gap_hold": limits["gap_hold"]})


def spike(picture: Picture) -> Finding | None:
    """Pain is high and well above the middle of the last values of the week."""
    limits = picture.plan.limits
    average = picture.check_in.average
    if average < limits["spike_min"]:
        return None
    before = [record.check_in.average for record in days_to(picture.state.window, picture.today, 7)][:-1][-3:]
    if not before or average - middle(before) < limits["spike_delta"]:
        return None
    figures = {"average": average, "usual": middle(before)}
    return Finding("spike", "met", figures, {name: limits[name] for name in ("spike_delta", "spike_min")})


def severe_pain(picture: Picture) -> Finding | None:
    """The patient ticked pain that is too much to cope with."""
    if "RF21" not in picture.check_in.red_flags:
        return None
    return Finding("severe_pain", "met", {"average": picture.check_in.average})


def caution(picture: Picture) -> Finding | None:
    """An open caution waits for a professional review."""
    cautions = picture.state.cautions
    return Finding("caution", "met", {"cautions": list(cautions)}) if cautions else None


def cool_down(picture: Picture) -> Finding | None:
    """Too soon after the last step back."""
    if not picture.state.step_backs:
        return None
    days = (picture.today - picture.state.step_backs[-1].day).days
    limit = picture.plan.limits["cooldown_days"]
    return Finding("cool_down", "met", {"days": days}, {"cooldown_days": limit}) if days < limit else None


def rising_week(picture: Picture) -> Finding | None:
    """This week's median lies above last week's."""
    trend = weekly_rise(picture.state.window, picture.today) if picture.state.phase in TREND_PHASES else None
    limits = picture.plan.limits
    if trend is None or trend[0] - trend[1] < limits["trend_delta"] or trend[0] < limits["trend_min"]:
        return None
    figures = {"this_week": trend[0], "last_week": trend[1]}
    return Finding("weekly_rise", "met", figures, {name: limits[name] for name in ("trend_delta", "trend_min")})


def paused(picture: Picture) -> Finding | None:
    """The patient has put the plan aside: what is told still counts, and nothing moves on."""
    until = picture.state.paused_until
    if until is None or not picture.state.is_paused_on(picture.today):
        return None
    return Finding("paused", "met", {"until": until.isoformat()})


HOLDS = (gap_hold, spike, severe_pain, caution, cool_down, rising_week, paused)
"""In the order in which they are asked."""
