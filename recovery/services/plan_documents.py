"""Translates between a plan version's rows and the plan document that people and the rules read."""

import hashlib
import json
from collections.abc import Mapping

from recovery.models import Criterion, Exercise, Phase, PlanVersion, PrescribedExercise, RunLevel, Threshold

VERSION_EXTRAS = ("sources", "start_levels", "stop_codes", "caution_codes", "translations")
PHASE_EXTRAS = ("plateau_days", "articles")
EXERCISE_TEXTS = ("name", "kind", "how", "progress", "regress", "sides", "source")
EXERCISE_LISTS = ("cues", "stops", "cautions", "equipment")
EVERY_DAY = "daily"


def document_of(version: PlanVersion) -> dict:
    """The plan document of a stored version, equal to the one it was made from."""
    exercises = list(version.exercises.all())
    codes = {row.pk: row.code for row in exercises}
    return {
        "key": version.plan.key,
        "title": version.plan.title,
        "approval": {"state": version.extras.get("approval_state", "default"), "note": version.approval_note},
        **{name: version.extras[name] for name in VERSION_EXTRAS if name in version.extras},
        "thresholds": {row.key: _quantity_of(row) for row in version.thresholds.all()},
        "phases": [_phase_document(row) for row in version.phases.prefetch_related("criteria")],
        "run_levels": [
            {"key": row.key, "sets": row.sets, "run_minutes": row.run_minutes, "source": row.source}
            for row in version.run_levels.all()
        ],
        "exercises": [_exercise_document(row) for row in exercises],
        "prescriptions": {
            phase.key: [_prescription_document(row, codes) for row in phase.prescriptions.all()]
            for phase in version.phases.prefetch_related("prescriptions")
        },
    }


def digest_of(document: Mapping) -> str:
    """Tells two plan documents apart by their contents."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()


def write_rows(version: PlanVersion, document: Mapping) -> None:
    """Replaces a draft's rows with those of a checked document, in the caller's transaction."""
    for name in ("prescriptions", "criteria", "exercises", "phases", "run_levels", "thresholds"):
        getattr(version, name).all().delete()
    version.extras = {name: document[name] for name in VERSION_EXTRAS if name in document}
    version.extras["approval_state"] = document["approval"]["state"]
    version.approval_note = document["approval"]["note"]
    version.save()
    Threshold.objects.bulk_create(_thresholds(version, document))
    RunLevel.objects.bulk_create(_run_levels(version, document))
    phases = {row.key: row for row in Phase.objects.bulk_create(_phases(version, document))}
    exercises = {row.code: row for row in Exercise.objects.bulk_create(_exercises(version, document))}
    Criterion.objects.bulk_create(_criteria(version, document, phases))
    PrescribedExercise.objects.bulk_create(_prescriptions(version, document, phases, exercises))


def _thresholds(version, document):
    for position, (key, quantity) in enumerate(document["thresholds"].items()):
        lowest, highest = quantity["allowed"]
        yield Threshold(
            version=version,
            position=position,
            key=key,
            value=quantity["value"],
            unit=quantity["unit"],
            source=quantity["source"],
            lowest=lowest,
            highest=highest,
        )


def _run_levels(version, document):
    for position, level in enumerate(document["run_levels"]):
        yield RunLevel(
            version=version,
            position=position,
            key=level["key"],
            sets=level["sets"],
            run_minutes=level["run_minutes"],
            source=level["source"],
        )


def _phases(version, document):
    for position, phase in enumerate(document["phases"]):
        yield Phase(
            version=version,
            position=position,
            key=phase["key"],
            title=phase["title"],
            goal=phase["goal"],
            allowed=phase.get("allowed", []),
            forbidden=phase.get("forbidden", []),
            extras={name: phase[name] for name in PHASE_EXTRAS if phase.get(name)},
        )


def _exercises(version, document):
    for position, exercise in enumerate(document["exercises"]):
        yield Exercise(
            version=version,
            position=position,
            code=exercise["code"],
            **{name: exercise.get(name) or "" for name in EXERCISE_TEXTS},
            **{name: exercise.get(name) or [] for name in EXERCISE_LISTS},
        )


def _criteria(version, document, phases):
    for phase in document["phases"]:
        for purpose in ("entry", "advance"):
            for way, conditions in enumerate(phase.get(purpose) or []):
                for position, condition in enumerate(conditions):
                    yield _criterion(version, phases[phase["key"]], purpose, way, position, condition)
        for purpose in ("hold", "step_back"):
            for position, condition in enumerate(phase.get(purpose) or []):
                yield _criterion(version, phases[phase["key"]], purpose, 0, position, condition)


def _criterion(version, phase, purpose, way, position, condition):
    parameters = {name: value for name, value in condition.items() if name not in ("condition", "to")}
    return Criterion(
        version=version,
        phase=phase,
        purpose=purpose,
        way=way,
        position=position,
        condition=condition["condition"],
        leads_to=condition.get("to", ""),
        parameters=parameters,
    )


def _prescriptions(version, document, phases, exercises):
    for key, prescribed in document["prescriptions"].items():
        for position, item in enumerate(prescribed):
            yield PrescribedExercise(
                version=version,
                phase=phases[key],
                exercise=exercises[item["exercise"]],
                position=position,
                is_focus=item.get("focus", False),
                weekdays=[] if item.get("days", EVERY_DAY) == EVERY_DAY else item["days"],
                dose=item["dose"],
            )


def _quantity_of(row: Threshold) -> dict:
    return {
        "value": _number(row.value),
        "unit": row.unit,
        "source": row.source,
        "allowed": [_number(row.lowest), _number(row.highest)],
    }


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _phase_document(row: Phase) -> dict:
    ways: dict[str, dict] = {"entry": {}, "advance": {}}
    hold: list[dict] = []
    step_back: list[dict] = []
    for criterion in row.criteria.all():
        condition = {"condition": criterion.condition, **criterion.parameters}
        if criterion.purpose == Criterion.Purpose.STEP_BACK:
            step_back.append({"condition": criterion.condition, "to": criterion.leads_to, **criterion.parameters})
        elif criterion.purpose == Criterion.Purpose.HOLD:
            hold.append(condition)
        else:
            ways[criterion.purpose].setdefault(criterion.way, []).append(condition)
    return {
        "key": row.key,
        "title": row.title,
        "goal": row.goal,
        "allowed": row.allowed,
        "forbidden": row.forbidden,
        "entry": list(ways["entry"].values()),
        "advance": list(ways["advance"].values()),
        **({"hold": hold} if hold else {}),
        "step_back": step_back,
        **row.extras,
    }


def _exercise_document(row: Exercise) -> dict:
    texts = {name: getattr(row, name) for name in EXERCISE_TEXTS}
    return {"code": row.code, **texts, **{name: getattr(row, name) for name in EXERCISE_LISTS}}


def _prescription_document(row: PrescribedExercise, codes: dict[int, str]) -> dict:
    return {
        "exercise": codes[row.exercise_id],
        "focus": row.is_focus,
        "days": row.weekdays or EVERY_DAY,
        "dose": row.dose,
    }
