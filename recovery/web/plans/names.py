"""What the numbers and texts of a plan are called on labels and in lists of changes."""

from django.utils.translation import gettext_lazy as _

PARAMETERS = {
    "intake_average": {"lowest": _("starting pain from"), "highest": _("starting pain up to")},
    "onset_within": {"days": _("days since it began")},
    "minimum_days": {
        "days": _("minimum days"),
        "mild_days": _("minimum days after a mild start"),
        "mild_baseline": _("pain of a mild start"),
    },
    "time_box": {"days": _("longest rest in days"), "average": _("average pain after the longest rest")},
    "advance_pain": {"average": _("average pain")},
    "advance_recent": {
        "count": _("check-ins counted"),
        "span": _("days they may lie in"),
        "average": _("average pain"),
        "worst": _("worst pain"),
        "function": _("difficulty of a normal day"),
    },
    "advance_median": {
        "count": _("check-ins counted"),
        "span": _("days they may lie in"),
        "median": _("median of average pain"),
        "highest": _("highest average pain"),
        "function": _("difficulty of a normal day"),
    },
    "advance_sessions": {
        "graded": _("sessions done"),
        "last": _("latest sessions looked at"),
        "green": _("good sessions among them"),
    },
    "run_gate_settled_pain": {
        "count": _("check-ins counted"),
        "span": _("days they may lie in"),
        "enough": _("settled check-ins among them"),
        "average": _("average pain when settled"),
        "highest": _("highest average pain"),
        "morning": _("highest morning pain"),
        "function": _("difficulty of a normal day"),
        "tolerant_average": _("tolerant average pain"),
        "tolerant_highest": _("tolerant highest pain"),
        "tolerant_morning": _("tolerant morning pain"),
        "tolerant_weeks": _("weeks of steady pain"),
    },
    "run_gate_sessions": {
        "graded": _("sessions done"),
        "last": _("latest sessions looked at"),
        "green": _("good sessions among them"),
    },
    "run_gate_walks": {"green": _("good brisk walks")},
    "run_gate_unmasked": {
        "of": _("check-ins looked at"),
        "without": _("check-ins without pain medicine"),
        "latest": _("latest check-ins without pain medicine"),
    },
    "run_gate_confidence": {"lowest": _("lowest confidence")},
    "level_sessions": {"green": _("good runs at a level")},
    "level_pain": {"average": _("average pain at a level")},
    "hold_pain": {
        "count": _("check-ins looked at"),
        "span": _("days they may lie in"),
        "average": _("average pain that holds"),
    },
    "hold_weekly_rise": {"delta": _("rise from week to week"), "lowest": _("lowest median that matters")},
    "hold_more_pain": {"rise": _("rise since the check-in before")},
    "hold_red_sessions": {"red": _("sessions that were too much"), "span": _("days looked back")},
    "hold_unsettled_session": {"span": _("days looked back")},
    "step_back_pain": {"average": _("average pain for a step back")},
    "step_back_function": {"function": _("difficulty for a step back")},
    "step_back_sessions": {
        "red": _("sessions that were too much"),
        "last": _("latest sessions looked at"),
        "span": _("days they may lie in"),
    },
}

PHASE_PARTS = {
    "title": _("title"),
    "goal": _("goal"),
    "allowed": _("allowed"),
    "forbidden": _("not yet"),
    "entry": _("rules for starting here"),
    "advance": _("rules for moving on"),
    "hold": _("rules for staying"),
    "step_back": _("rules for stepping back"),
    "plateau_days": _("days before the clinic is told"),
    "prescriptions": _("exercises"),
    "articles": _("reading"),
}

DOSE_PARTS = {
    "sets": _("sets"),
    "repeats": _("repeats"),
    "hold_seconds": _("hold, seconds"),
    "minutes": _("minutes"),
    "times_per_day": _("times a day"),
    "days_per_week": _("days a week"),
    "minutes_usual": _("usual minutes"),
    "minutes_most": _("most minutes at once"),
    "gap_minutes": _("minutes in between"),
    "every_minutes": _("every so many minutes"),
    "effort": _("effort, 0 to 10"),
    "then_sets": _("sets of the second part"),
    "then_repeats": _("repeats of the second part"),
    "metres": _("metres"),
    "exercises": _("number of exercises"),
    "work_seconds": _("seconds of effort"),
    "average_at_most": _("pain at most"),
    "from_phase_day": _("from day of the phase"),
    "note": _("note"),
    "optional": _("may be left out"),
    "parts": _("made of"),
    "one_of": _("choose one of"),
    "ladder": _("follows the run levels"),
}

EXERCISE_PARTS = {
    "name": _("name"),
    "kind": _("kind"),
    "how": _("how"),
    "progress": _("to make it harder"),
    "regress": _("to make it easier"),
    "cues": _("cues"),
    "stops": _("further reasons to stop"),
    "cautions": _("cautions"),
    "equipment": _("equipment"),
    "sides": _("sides"),
    "source": _("sources"),
}

LEVEL_PARTS = {"sets": _("session"), "run_minutes": _("minutes of running"), "source": _("source")}
QUANTITY_PARTS = {"unit": _("unit"), "source": _("source"), "allowed": _("allowed range")}
SIDES = {"none": _("No sides"), "both": _("The whole dose on each side"), "alternate": _("Sides take turns")}
DESIGN = _("Our own default, derived from the sources; no single study gives it")
ITEM_PARTS = {"focus": _("main exercise"), "days": _("weekdays"), "dose": _("dose")}
LAST_RUN = _("days since the last run")
