"""Made-up histories that live near the limits of the default plan; the same ones on every machine."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

from tests.rules.notation import DAY_ONE, PHASES

COUNT = 600
FLAGS = ("RF01", "RF12", "RF17", "RF21", "CA1", "CA2", "CA4", "CA5")
LEVELS = tuple(f"R{number}" for number in range(1, 11))
Draw = Callable[[int, int], int]


def history(number: int) -> dict:
    """One replay case; only `Random.random` is asked, whose answers no Python version changes."""
    rng = Random(number)

    def draw(lowest: int, highest: int) -> int:
        return lowest + int(rng.random() * (highest - lowest + 1))

    phase = list(PHASES.values())[number % len(PHASES)]
    length = draw(12, 50)
    return {
        "intake": _intake(draw),
        "start": None if number % 5 == 0 else _start(draw, phase),
        "readiness_passed_on": _iso(draw(0, 12)) if draw(0, 9) else None,
        "tolerant_gate_on": _iso(draw(0, 9)) if draw(0, 3) == 0 else None,
        "check_ins": list(_check_ins(draw, phase, length)),
        "intakes": [{"day": _iso(draw(2, length)), "average": draw(1, 7)}] if draw(0, 7) == 0 else [],
        "clearances": [{"day": _iso(draw(3, length)), "by": "doctor"}] if draw(0, 3) == 0 else [],
        "reviews": [{"day": _iso(draw(2, length))}] if draw(0, 3) == 0 else [],
        "overrides": _override(draw, length) if draw(0, 7) == 0 else [],
        "as_of": _iso(length),
    }


def _iso(day: int) -> str:
    return (DAY_ONE + timedelta(days=day)).isoformat()


def _intake(draw: Draw) -> dict:
    return {
        "started_on": DAY_ONE.isoformat(),
        "onset_on": _iso(-draw(0, 3) if draw(0, 1) else -draw(4, 80)),
        "last_run_on": None if draw(0, 5) == 0 else _iso(-draw(0, 80)),
        "age": draw(34, 50) if draw(0, 9) else draw(49, 52),
        "first_episode": bool(draw(0, 1)),
        "average": draw(2, 8),
    }


def _start(draw: Draw, phase: str) -> dict:
    running = phase == "return_to_running"
    return {
        "phase": phase,
        "run_level": LEVELS[draw(0, 9)] if running else None,
        "baseline": draw(1, 7) if draw(0, 3) else None,
        "recovered": phase == "prevention" or (running and bool(draw(0, 3))),
    }


def _override(draw: Draw, length: int) -> list[dict]:
    phase = list(PHASES.values())[draw(1, 5)]
    day = draw(2, length)
    level = LEVELS[draw(0, 4)] if phase == "return_to_running" else None
    return [{"day": _iso(day), "phase": phase, "run_level": level, "until": _iso(day + draw(1, 14))}]


CALM = {"rest": 5, "heat_cold": 4, "gentle_stretching": 3, "low_impact": 1, "return_to_running": 1, "prevention": 1}


def _check_ins(draw: Draw, phase: str, length: int) -> Iterator[dict]:
    """Days in spells: usual days near the limits, worse weeks, silence."""
    usual, left, missing, weekly = CALM[phase], 0, 12, phase == "prevention" and draw(0, 1)
    nights, medicine = (24, 24, 24, 4)[draw(0, 3)], (5, 9, 30, 0)[draw(0, 3)]
    level = usual
    for day in range(length + 1):
        if left == 0:
            left = draw(2, 13)
            level = max(0, min(9, usual + (draw(-1, 1) if draw(0, 3) else draw(0, 5))))
            missing = (30, 30, 12, 4, 0)[draw(0, 4)]
            usual = max(0, usual - draw(0, 1))
        left -= 1
        if draw(0, missing) == 0 or (weekly and draw(0, 3)):
            continue
        answers = _check_in(draw, day, level)
        yield {**answers, "woken": draw(0, nights) == 0, "medicine": "otc" if draw(0, medicine) == 0 else "none"}


def _check_in(draw: Draw, day: int, level: int) -> dict:
    average = max(0, min(10, level + (draw(-1, 1) if draw(0, 1) else 0)))
    morning = max(0, min(10, level + draw(-1, 2) if draw(0, 3) == 0 else level))
    return {
        "day": _iso(day),
        "average": average,
        "worst": min(10, average + draw(0, 3)),
        "morning": morning,
        "function": max(0, min(10, average + (draw(0, 6) if draw(0, 3) == 0 else draw(-1, 1)))),
        "session": _session(draw, level),
        "yesterday_morning": draw(max(0, level - 1), min(10, level + 2)) if draw(0, 2) == 0 else None,
        "confidence": draw(2, 5) if draw(0, 5) == 0 else None,
        "mood": draw(1, 4) if draw(0, 5) == 0 else None,
        "red_flags": [FLAGS[draw(0, 7)]] if draw(0, 130) == 0 else [],
    }


def _session(draw: Draw, level: int) -> dict:
    if draw(0, 1):
        return {"status": "none", "pain": None, "stopped": False, "brisk_walk": False}
    pain = max(0, min(10, draw(0, 2) if draw(0, 4) else draw(level, level + 5)))
    return {
        "status": "done" if draw(0, 7) else "part",
        "pain": pain,
        "stopped": draw(0, 24) == 0,
        "brisk_walk": bool(draw(0, 2)),
    }
