"""A simulated patient's history as a replay case."""

from recovery.rules.facts import CheckInFact, IntakeFact

from .trial import Life

PLAIN = ("average", "worst", "morning", "function", "medicine", "woken", "yesterday_morning", "confidence", "mood")


def case_of(life: Life, plan: str) -> dict:
    """The case which replays to the same decisions; needs a life that kept its days."""
    intake, days = life.intake, life.days
    if intake is None or not days:
        raise ValueError("life: must have kept its days")
    ready = next((facts.day for facts in days if facts.readiness_passed), None)
    return {
        "title": f"{life.key}, patient {life.number}",
        "plan": plan,
        "intake": {
            "started_on": intake.started_on.isoformat(),
            "onset_on": intake.onset_on.isoformat(),
            "last_run_on": intake.last_run_on.isoformat() if intake.last_run_on else None,
            "age": intake.age,
            "first_episode": intake.first_episode,
            "average": intake.average,
        },
        "readiness_passed_on": ready.isoformat() if ready else None,
        "check_ins": [check_in_json(facts.check_in) for facts in days if facts.check_in],
        "intakes": [_intake(facts.intake) for facts in days if facts.intake],
        "clearances": [],
        "as_of": days[-1].day.isoformat(),
    }


def check_in_json(answers: CheckInFact) -> dict:
    """A day's answers as plain values."""
    session = answers.session
    return {
        "day": answers.day.isoformat(),
        **{name: getattr(answers, name) for name in PLAIN},
        "session": {name: getattr(session, name) for name in ("status", "pain", "stopped", "brisk_walk")},
        "red_flags": list(answers.red_flags),
    }


def _intake(again: IntakeFact) -> dict:
    return {"day": again.started_on.isoformat(), "average": again.average, "onset_on": again.onset_on.isoformat()}
