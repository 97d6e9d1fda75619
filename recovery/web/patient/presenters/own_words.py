"""The words of an exercise in the reader's language, where the plan has them; else as the plan was written."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import get_language

from recovery.models import Episode, Exercise

from .activities import Activity

ON_THE_LIST = ("name", "cues")


def in_own_words(exercise: Exercise, episode: Episode) -> Exercise:
    """The exercise with every translated part in place; it is only shown, never saved."""
    for part, text in _texts(episode, exercise.code).items():
        setattr(exercise, part, text)
    return exercise


def listed_in_own_words(activity: Activity, episode: Episode) -> Activity:
    """An activity with its name and cues translated."""
    texts = _texts(episode, activity.code)
    return replace(activity, **{part: texts[part] for part in ON_THE_LIST if part in texts}) if texts else activity


def _texts(episode: Episode, code: str) -> Mapping:
    language = (get_language() or "").partition("-")[0]
    return episode.plan_version.extras.get("translations", {}).get(language, {}).get(code, {})
