"""What a demo patient answers to the questions that come round now and then; it follows from the day alone."""

from recovery.rules.facts import CheckInFact
from recovery.rules.rotation import NO_DETAILS, SHOES, SURFACES, Rotating, RunDetails

STIFF_ON, SLEEP_ON, SIDES_ON, ACTIVITY_ON = (1, 4), 2, 3, 5  # weekdays, Monday 0
EASY_PACE = 140  # metres a minute, walking breaks among them


def now_and_then(fact: CheckInFact, ran: bool) -> Rotating:
    """Each question on its weekday; after a run, how long and where."""
    weekday = fact.day.weekday()
    stiff = "over_30" if fact.morning >= 6 else "10_to_30" if fact.morning >= 3 else "under_10"
    return Rotating(
        stiffness=stiff if weekday in STIFF_ON else None,
        sleep=max(0, 9 - fact.average) if weekday == SLEEP_ON else None,
        activity=max(0, 10 - fact.function) if weekday == ACTIVITY_ON else None,
        sides=_sides(fact) if weekday == SIDES_ON else None,
        run=_run(fact) if ran and fact.session.took_place else NO_DETAILS,
    )


def _sides(fact: CheckInFact) -> str | None:
    return ("left" if fact.average >= 3 else "none") if fact.session.took_place else None


def _run(fact: CheckInFact) -> RunDetails:
    number = fact.day.toordinal()
    minutes = 20 + number % 4 * 5
    shoes = SHOES[number % 30 == 0]
    return RunDetails(minutes, minutes * EASY_PACE, SURFACES[number % len(SURFACES)], number % 3 == 0, shoes)
