"""The exercises of a plan as ActivityDefinitions."""

from collections.abc import Iterator, Mapping

from .edition import Edition
from .extensions import Json, remark

TEXTS = {"harder": "progress", "easier": "regress"}
LISTS = {"cue": "cues", "equipment": "equipment"}
CODES = {"stop": ("stops", "stop_codes"), "caution": ("cautions", "caution_codes")}
ALWAYS = ("S1", "S2", "S3", "S4")  # these reasons to stop belong to every exercise


def activity(edition: Edition, exercise: Mapping, document: Mapping) -> Json:
    """One exercise: how it is done, what to watch, what it rests on."""
    cited = edition.citations(_sources(exercise["source"]), document["sources"])
    return {
        "resourceType": "ActivityDefinition",
        **edition.head("ActivityDefinition", exercise["code"]),
        "title": exercise["name"],
        "description": exercise["how"],
        "kind": "ServiceRequest",
        "intent": "proposal",
        "code": {
            "coding": [{"system": edition.system("exercise"), "code": exercise["code"]}],
            "text": exercise["name"],
        },
        "topic": [{"text": exercise["kind"]}],
        **({"relatedArtifact": cited} if cited else {}),
        "extension": [remark(edition.base, kind, text) for kind, text in _remarks(exercise, document)],
    }


def _remarks(exercise: Mapping, document: Mapping) -> Iterator[tuple[str, str]]:
    yield "sides", exercise.get("sides") or "none"
    for kind, name in TEXTS.items():
        if exercise.get(name):
            yield kind, exercise[name]
    for kind, name in LISTS.items():
        yield from ((kind, text) for text in exercise.get(name) or ())
    for kind, (name, codes) in CODES.items():
        own = [*(ALWAYS if kind == "stop" else ()), *(exercise.get(name) or ())]
        yield from ((kind, document.get(codes, {}).get(code, code)) for code in dict.fromkeys(own))


def _sources(given: str) -> list[str]:
    return [name.strip() for name in given.split(",") if name.strip()]
