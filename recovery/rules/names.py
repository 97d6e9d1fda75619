"""The stable names of all rules and notices; templates hold one wording for each."""

RULES = (
    # who or what comes before every criterion
    "latched_stop",  # a red flag is still waiting for a professional's clearance
    "red_flag",  # a red flag was ticked today
    "reintake",  # two weeks or more of silence: a new intake is needed first
    "new_intake",  # a new intake was given; the phase follows from it
    "clearance",  # first check-in after a clearance; windows restart, the more careful phase holds
    "no_check_in",  # nothing was entered for this day
    "override",  # a clinician set the phase; it is in force
    "override_lapsed",  # a clinician's override ended; the more careful place holds
    # stepping back
    "step_back_pain",  # pain at or above the limit two check-ins in a row
    "step_back_function",  # normal day hard at or above the limit two check-ins in a row
    "step_back_sessions",  # two RED sessions known on different days
    "red_session",  # a session turned RED today: ease off
    "level_down",  # a RED run: one run level down and run-free days
    "gap_level_down",  # a week or more without a check-in while running: run levels down
    # holding
    "gap_hold",  # some days without a check-in: today rebuilds the picture
    "spike",  # pain jumped today: an easy day
    "severe_pain",  # "severe pain I cannot cope with" was ticked: hold
    "caution",  # an open caution waits for a professional review
    "cool_down",  # too soon after a step back
    "weekly_rise",  # this week's middle pain is above last week's
    "paused",  # the patient has put the plan aside until a day
    "worsening",  # clearly worse than last week or than the baseline
    "hold_pain",  # the plan: a recent check-in is at or above the limit
    "hold_weekly_rise",  # the plan: this week is worse than last week
    "hold_more_pain",  # the plan: more pain or a worse morning than at the check-in before
    "hold_red_sessions",  # the plan: a recent session turned RED
    "hold_unsettled_session",  # the plan: the latest session was not GREEN
    "prevention_check",  # the prevention phase goes on
    # moving on
    "advance",  # all criteria of the phase are met
    "run_gate_open",  # all criteria of the run gate are met
    "level_up",  # all criteria of the run level are met
    "ladder_done",  # the last run level is done
    # criteria that move on (plan vocabulary)
    "minimum_days",  # the shortest stay in the phase or at the level
    "time_box",  # the rest phase ends by itself unless pain is very severe
    "advance_pain",  # today's average pain is low enough
    "advance_recent",  # the last check-ins are all within the limits
    "advance_median",  # the middle of the last check-ins is low enough, none too high
    "advance_sessions",  # enough graded sessions, the latest ones good
    "run_gate_settled_pain",  # G1
    "run_gate_sessions",  # G2
    "run_gate_walks",  # G3
    "run_gate_morning_known",  # G4
    "run_gate_unmasked",  # G5
    "run_gate_readiness",  # G6
    "run_gate_review",  # G7
    "run_gate_confidence",  # G8, never blocks
    "level_sessions",  # enough GREEN runs at this level, none RED between
    "level_pain",  # today's pain is low enough for the next level
    "level_morning_known",  # no run waits for its next morning
    # remarks that never decide
    "sessions_graded",  # the grades which became known today
    "recovered",  # pain has settled; the clocks for slow recovery stop
    "new_episode",  # pain came back after recovery; the clocks start again
    "amended",  # earlier days were corrected
    "override_ignored",  # an override cannot act while the plan is stopped or waits for an intake
    "tightened",  # a clinician set a stricter limit for this patient
    "tightening_ended",  # a stricter limit has run out or was ended; the plan's own counts again
    "plan_moved",  # the episode follows another plan version from today
    "entry",  # where the intake answers lead
)

NOTICES = (
    "E1",  # slower than usual so far
    "E2",  # pain for a few weeks: see a doctor or physiotherapist
    "E3",  # six weeks: review needed before running
    "E4",  # twelve weeks: the self-guided plan ends
    "E5",  # getting worse
    "E6",  # longer in a phase than usual
    "E7",  # severe pain twice
    "E8",  # flares come back
    "E9-soft",  # silence for a day after severe pain
    "E9-2d",  # silence for two days
    "E9-4d",  # silence for four days
    "E9-7d",  # silence for a week: the clinic is told
    "E9-14d",  # silence for two weeks: a new intake comes first
    "E10",  # woken by pain often
    "E11",  # medicine on most days
    "E12",  # low confidence or mood twice
    "CA1",  # possible inflammatory back pain
    "CA2",  # leg heaviness that eases on sitting
    "CA3",  # first episode from 50 years on, or a new pattern
    "CA4",  # night pain
    "CA5",  # low mood or fear
)
