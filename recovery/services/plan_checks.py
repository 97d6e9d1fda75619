"""Checks of the parts of a plan the rules do not read: the exercise library and what is prescribed from it."""

from collections.abc import Iterator, Mapping
from itertools import chain

from recovery.content.articles import article
from recovery.models import Exercise

from .refusals import Refused

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TRANSLATED = {"name": str, "how": str, "cues": list, "progress": str, "regress": str}
NEEDED = ("code", "name", "kind", "how", "source")


def check_library(document: Mapping) -> None:
    """Refuses an incomplete exercise, an unknown one, and a phase that prescribes none."""
    for fault in library_faults(document):
        raise fault


def library_faults(document: Mapping) -> Iterator[Refused]:
    """Every refusal, each with the place it is about; raises one that leaves nothing to look at further."""
    exercises = _items(document.get("exercises"), "exercises")
    yield from _exercises(exercises)
    prescriptions = document.get("prescriptions")
    if not isinstance(prescriptions, Mapping):
        raise Refused("plan_malformed", "prescriptions", place="prescriptions", what="a list for each phase")
    kinds = {exercise["code"]: exercise.get("kind") for exercise in exercises if isinstance(exercise.get("code"), str)}
    yield from _translations(document.get("translations") or {}, kinds)
    for phase in document["phases"]:
        at = f"prescriptions.{phase['key']}"
        prescribed = _items(prescriptions.get(phase["key"]) or [], at)
        if not prescribed:
            yield Refused("phase_without_exercise", "prescriptions", phase=phase["title"], at=at)
        yield from chain(_articles(phase), *(_prescription(item, kinds, phase, at) for item in prescribed))


def _items(value, place: str) -> list[Mapping]:
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise Refused("plan_malformed", place.partition(".")[0], place=place, what="a list of entries")
    return value


def _exercises(exercises: list[Mapping]) -> Iterator[Refused]:
    codes: set = set()
    for number, exercise in enumerate(exercises, 1):
        known = exercise.get("code") or number
        at = f"exercises.{known}"
        for name in NEEDED:
            if not isinstance(exercise.get(name), str) or not exercise[name].strip():
                yield Refused("exercise_incomplete", "exercises", place=known, what=name, at=at)
        if known in codes:
            yield Refused("exercise_twice", "exercises", exercise=known, at=at)
        if exercise.get("sides", "none") not in Exercise.Sides.values:
            yield Refused("exercise_sides", "exercises", exercise=known, at=at)
        codes.add(known)


def _articles(phase: Mapping) -> Iterator[Refused]:
    for slug in phase.get("articles") or []:
        if article(str(slug)) is None:
            at = f"phases.{phase['key']}.articles"
            yield Refused("unknown_article", "articles", article=slug, phase=phase["title"], at=at)


def _translations(translations, kinds: Mapping) -> Iterator[Refused]:
    """Texts by language, exercise and part; each part says in another language what the exercise says."""
    for language, exercises in _mapping(translations, "translations").items():
        place = f"translations.{language}"
        for code, texts in _mapping(exercises, place).items():
            if code not in kinds:
                yield Refused("unknown_exercise", "translations", exercise=code, at=place)
            for part, value in _mapping(texts, f"{place}.{code}").items():
                yield from _text(f"{place}.{code}.{part}", TRANSLATED.get(part), value)


def _text(place: str, kind: type | None, value) -> Iterator[Refused]:
    if kind is None or not isinstance(value, kind):
        what = "a list" if kind is list else "a text" if kind else "one of " + ", ".join(TRANSLATED)
        yield Refused("plan_malformed", "translations", place=place, what=what, at=place)


def _mapping(value, place: str) -> Mapping:
    if not isinstance(value, Mapping):
        raise Refused("plan_malformed", "translations", place=place, what="names with values")
    return value


def _prescription(item: Mapping, kinds: Mapping, phase: Mapping, at: str) -> Iterator[Refused]:
    code, title = item.get("exercise"), phase["title"]
    if code not in kinds:
        yield Refused("unknown_exercise", "prescriptions", exercise=code, at=at)
    days = item.get("days", "daily")
    if days != "daily" and not (isinstance(days, list) and days and set(days) <= set(WEEKDAYS)):
        yield Refused("unknown_weekday", "prescriptions", exercise=code, phase=title, at=at)
    if not isinstance(item.get("dose"), Mapping) or not item["dose"]:
        yield Refused("dose_missing", "prescriptions", exercise=code, phase=title, at=at)
