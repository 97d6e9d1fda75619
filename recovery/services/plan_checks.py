"""Checks of the parts of a plan the rules do not read: the exercise library and what is prescribed from it."""

from collections.abc import Mapping

from recovery.content.articles import article
from recovery.models import Exercise

from .refusals import Refused

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TRANSLATED = {"name": str, "how": str, "cues": list, "progress": str, "regress": str}
NEEDED = ("code", "name", "kind", "how", "source")


def check_library(document: Mapping) -> None:
    """Refuses an incomplete exercise, an unknown one, and a phase that prescribes none."""
    codes = _codes(_items(document.get("exercises"), "exercises"))
    prescriptions = document.get("prescriptions")
    if not isinstance(prescriptions, Mapping):
        raise Refused("plan_malformed", "prescriptions", place="prescriptions", what="a list for each phase")
    _check_translations(document.get("translations") or {}, codes)
    for phase in document["phases"]:
        _check_articles(phase)
        prescribed = _items(prescriptions.get(phase["key"]) or [], f"prescriptions.{phase['key']}")
        if not prescribed:
            raise Refused("phase_without_exercise", "prescriptions", phase=phase["title"])
        for item in prescribed:
            _check_prescription(item, codes, phase)


def _items(value, place: str) -> list[Mapping]:
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise Refused("plan_malformed", place.partition(".")[0], place=place, what="a list of entries")
    return value


def _codes(exercises: list[Mapping]) -> set[str]:
    codes: set[str] = set()
    for number, exercise in enumerate(exercises, 1):
        for name in NEEDED:
            if not isinstance(exercise.get(name), str) or not exercise[name].strip():
                raise Refused("exercise_incomplete", "exercises", place=exercise.get("code") or number, what=name)
        if exercise["code"] in codes:
            raise Refused("exercise_twice", "exercises", exercise=exercise["code"])
        if exercise.get("sides", "none") not in Exercise.Sides.values:
            raise Refused("exercise_sides", "exercises", exercise=exercise["code"])
        codes.add(exercise["code"])
    return codes


def _check_articles(phase: Mapping) -> None:
    for slug in phase.get("articles") or []:
        if article(str(slug)) is None:
            raise Refused("unknown_article", "articles", article=slug, phase=phase["title"])


def _check_translations(translations, codes: set[str]) -> None:
    """Texts by language, exercise and part; each part says in another language what the exercise says."""
    for language, exercises in _mapping(translations, "translations").items():
        place = f"translations.{language}"
        for code, texts in _mapping(exercises, place).items():
            if code not in codes:
                raise Refused("unknown_exercise", "translations", exercise=code)
            for part, value in _mapping(texts, f"{place}.{code}").items():
                kind = TRANSLATED.get(part)
                if kind is None or not isinstance(value, kind):
                    what = "a list" if kind is list else "a text" if kind else "one of " + ", ".join(TRANSLATED)
                    raise Refused("plan_malformed", "translations", place=f"{place}.{code}.{part}", what=what)


def _mapping(value, place: str) -> Mapping:
    if not isinstance(value, Mapping):
        raise Refused("plan_malformed", "translations", place=place, what="names with values")
    return value


def _check_prescription(item: Mapping, codes: set[str], phase: Mapping) -> None:
    if item.get("exercise") not in codes:
        raise Refused("unknown_exercise", "prescriptions", exercise=item.get("exercise"))
    days = item.get("days", "daily")
    if days != "daily" and not (isinstance(days, list) and days and set(days) <= set(WEEKDAYS)):
        raise Refused("unknown_weekday", "prescriptions", exercise=item["exercise"], phase=phase["title"])
    if not isinstance(item.get("dose"), Mapping) or not item["dose"]:
        raise Refused("dose_missing", "prescriptions", exercise=item["exercise"], phase=phase["title"])
