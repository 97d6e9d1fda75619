"""The state as plain JSON values and back, exactly."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from recovery.rules.facts import CheckInFact, SessionFact, TighteningFact
from recovery.rules.state import STATE_VERSION, Departure, Record, State, StepBack, Tally

DAYS = (
    "day",
    "started_on",
    "onset_on",
    "last_run_on",
    "phase_entered_on",
    "phase_from",
    "level_entered_on",
    "level_from",
    "last_check_in_on",
    "silence_from",
    "stopped_on",
    "reviewed_on",
    "run_free_until",
    "last_red_on",
    "daily_until",
)
CODES = ("stop_flags", "cautions", "silence_raised")


def state_to_json(state: State) -> dict:
    """Plain values for every field, with the version of their meaning."""
    document: dict[str, Any] = {"version": STATE_VERSION}
    for field in fields(state):
        document[field.name] = getattr(state, field.name)
    document.update({name: _text(getattr(state, name)) for name in DAYS})
    document.update({name: list(getattr(state, name)) for name in CODES})
    if state.paused_until is None:
        del document["paused_until"]  # a state without a pause reads as it did before there were pauses
    else:
        document["paused_until"] = _text(state.paused_until)
    document["baseline_values"] = _pairs(state.baseline_values)
    document["raised"] = [[code, _text(day)] for code, day in state.raised]
    document["window"] = [_record_to_json(record) for record in state.window]
    document["tally"] = {**_plain(state.tally), "last": list(state.tally.last)}
    document["step_backs"] = [_plain(move) for move in state.step_backs]
    document["departure"] = None if state.departure is None else _plain(state.departure)
    document["tightenings"] = [_plain(item) for item in state.tightenings]
    if not state.tightenings:  # a state from before there were any reads the same
        del document["tightenings"]
    return document


def state_from_json(document: Mapping) -> State:
    """The state as it was; another version is refused, because its fields may mean something else."""
    if document.get("version") != STATE_VERSION:
        raise ValueError(f"version: must be {STATE_VERSION}")
    values = {name: value for name, value in document.items() if name != "version"}
    values.update({name: _day(document[name]) for name in DAYS})
    values.update({name: tuple(document[name]) for name in CODES})
    if "paused_until" in document:
        values["paused_until"] = _day(document["paused_until"])
    if values["baseline_values"] is not None:
        pairs = document["baseline_values"]
        values["baseline_values"] = tuple((date.fromisoformat(day), value) for day, value in pairs)
    values["raised"] = tuple((code, date.fromisoformat(day)) for code, day in document["raised"])
    values["window"] = tuple(_record_from_json(record) for record in document["window"])
    values["tally"] = Tally(**{**document["tally"], "last": tuple(document["tally"]["last"])})
    values["step_backs"] = tuple(
        StepBack(date.fromisoformat(move["day"]), move["from_phase"], move["to_phase"])
        for move in document["step_backs"]
    )
    departure = document["departure"]
    if departure is not None:
        values["departure"] = Departure(**{**departure, "until": date.fromisoformat(departure["until"])})
    values["tightenings"] = tuple(_tightening(item) for item in document.get("tightenings", ()))
    return State(**values)


def _tightening(item: Mapping) -> TighteningFact:
    days = {name: date.fromisoformat(item[name]) for name in ("day", "until")}
    return TighteningFact(**{**item, **days})


def _record_to_json(record: Record) -> list:
    """One line of the window: values by position, since the window is kept once for every day."""
    said = record.check_in
    session = said.session
    return [
        _text(said.day),
        [said.average, said.worst, said.morning, said.function],
        [session.status, session.pain, session.stopped, session.brisk_walk],
        [said.medicine, said.woken, said.yesterday_morning, said.confidence, said.mood],
        list(said.red_flags),
        [record.phase, record.run_level],
        _text(record.known_on),
        [record.grade, _text(record.graded_on)],
    ]


def _record_from_json(line: list) -> Record:
    day, scores, session, extras, red_flags, place, known_on, grading = line
    medicine, woken, yesterday_morning, confidence, mood = extras
    average, worst, morning, function = scores
    check_in = CheckInFact(
        date.fromisoformat(day),
        average,
        worst,
        morning,
        function,
        SessionFact(*session),
        medicine,
        woken,
        yesterday_morning,
        tuple(red_flags),
        confidence,
        mood,
    )
    phase, run_level = place
    return Record(check_in, phase, run_level, date.fromisoformat(known_on), grading[0], _day(grading[1]))


def _plain(item: Any) -> dict:
    """The fields of a small dataclass, days as texts."""
    values = ((field.name, getattr(item, field.name)) for field in fields(item))
    return {name: _text(value) if isinstance(value, date) else value for name, value in values}


def _pairs(values: tuple[tuple[date, int], ...] | None) -> list | None:
    return None if values is None else [[_text(day), value] for day, value in values]


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
