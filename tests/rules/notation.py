"""The compact notation of the worked cases: one token per day, read into a replay case."""

import re
from datetime import date, timedelta

DAY_ONE = date(2026, 3, 1)
PHASES = {
    "P1": "rest",
    "P2": "heat_cold",
    "P3": "gentle_stretching",
    "P4": "low_impact",
    "P5": "return_to_running",
    "P6": "prevention",
}
TOKEN = re.compile(
    r"(?P<A>\d+)/(?P<W>\d+)/(?P<M>\d+)/(?P<F>\d+)(?P<marks>[mn]*)"
    r"(?:(?P<kind>[+~])D?(?P<D>\d+)(?P<extra>[ws]*))?(?P<tail>[mn]*)(?:r(?P<r>\d+))?(?P<flags>(?:!\w+)*)"
)
REPEAT = re.compile(r"\(([^)]*)\)x(\d+)")


def axis(number: int) -> date:
    """Day n of the case; day 1 is the first one, day 0 and below lie before it."""
    return DAY_ONE + timedelta(days=number - 1)


def check_ins(history: str) -> list[dict]:
    """The check-ins of a history; `-` is a day without one."""
    spelled = REPEAT.sub(lambda found: " ".join([found[1]] * int(found[2])), history)
    return [check_in(token, axis(number)) for number, token in enumerate(spelled.split(), start=1) if token != "-"]


def length(history: str) -> int:
    """How many days a history covers."""
    return len(REPEAT.sub(lambda found: " ".join([found[1]] * int(found[2])), history).split())


def check_in(token: str, day: date) -> dict:
    """One token as the check-in of a replay case."""
    found = TOKEN.fullmatch(token)
    assert found, f"not a token: {token}"
    marks = found["marks"] + found["tail"]
    return {
        "day": day.isoformat(),
        "average": int(found["A"]),
        "worst": int(found["W"]),
        "morning": int(found["M"]),
        "function": int(found["F"]),
        "session": session(found),
        "medicine": "otc" if "m" in marks else "none",
        "woken": "n" in marks,
        "yesterday_morning": int(found["r"]) if found["r"] else None,
        "red_flags": [code for code in found["flags"].split("!") if code],
    }


def session(found: re.Match) -> dict:
    """The session part of a token."""
    if not found["kind"]:
        return {"status": "none", "pain": None, "stopped": False, "brisk_walk": False}
    return {
        "status": "done" if found["kind"] == "+" else "part",
        "pain": int(found["D"]),
        "stopped": "s" in found["extra"],
        "brisk_walk": "w" in found["extra"],
    }


def case(start: str, history: str, **changes: object) -> dict:
    """A replay case from a start such as "P5 R3, B 6, onset -30, not ready" and a history."""
    phase, _, level = start.split(",")[0].partition(" ")
    baseline = re.search(r"B (\d+)", start)
    onset = axis(int(found[1])) if (found := re.search(r"onset (-?\d+)", start)) else axis(1)
    return {
        "plan": "lower-back-running",
        "intake": {
            "started_on": DAY_ONE.isoformat(),
            "onset_on": onset.isoformat(),
            "last_run_on": onset.isoformat(),
            "age": 34,
            "first_episode": False,
            "average": int(baseline[1]) if baseline else 6,
        },
        "start": {
            "phase": PHASES[phase],
            "run_level": level or None,
            "baseline": int(baseline[1]) if baseline else None,
            "recovered": phase in ("P5", "P6"),
        },
        "readiness_passed_on": None if "not ready" in start else DAY_ONE.isoformat(),
        "check_ins": check_ins(history),
        "clearances": [],
        "as_of": axis(length(history)).isoformat(),
        **changes,
    }
