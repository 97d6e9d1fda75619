"""The summary of a simulated cohort as rows for a page."""

from typing import Any

from recovery.models import CohortTrial
from recovery.rules.facts import PHASES

EVERYBODY = "all"
WHOLE = 100


def figures_of(trial: CohortTrial) -> dict[str, Any]:
    """Everything the page of a finished cohort shows, the live version beside the draft."""
    live, draft = trial.summary["live"], trial.summary["draft"]
    return {
        "reached": [_reached(phase, live, draft) for phase in PHASES[1:]],
        "days": [day for day, _share in live["reached"][PHASES[0]]],
        "medians": [_pair(live["median_day"][phase], draft["median_day"][phase], phase=phase) for phase in PHASES[1:]],
        "longest": trial.weeks * 7,
        "notices": [_pair(live["notices"][code], draft["notices"][code], code=code) for code in live["notices"]],
        "step_backs": _pair(live["step_backs"], draft["step_backs"]),
        "most_step_backs": max(live["step_backs"], draft["step_backs"], 1),
        "broken": _pair(live["broken"], draft["broken"]),
        "classes": [_class(key, live, draft) for key in live["classes"] if key != EVERYBODY],
        "same": live == draft,
        "whole": WHOLE,
    }


def _pair(live, draft, **more) -> dict[str, Any]:
    return {"live": live, "draft": draft, "differs": live != draft, **more}


def _reached(phase: str, live: dict, draft: dict) -> dict[str, Any]:
    pairs = zip(live["reached"][phase], draft["reached"][phase], strict=True)
    return {"phase": phase, "shares": [_pair(mine[1], theirs[1], day=mine[0]) for mine, theirs in pairs]}


def _class(key: str, live: dict, draft: dict) -> dict[str, Any]:
    mine, theirs = live["classes"][key], draft["classes"][key]
    running = _pair(mine["median_day"][-1], theirs["median_day"][-1])
    return {"key": key, "patients": mine["patients"], "running": running,
            "step_backs": _pair(mine["step_backs"], theirs["step_backs"])}  # fmt: skip
