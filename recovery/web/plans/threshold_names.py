"""What each plan-wide number is called, in the groups of the numbers page."""

from django.utils.translation import gettext_lazy as _

GROUPS = {
    _("After a session"): {
        "d_red": _("Pain during a session that makes it too much"),
        "d_red_running": _("The same, from the return to running on"),
        "d_amber": _("Pain during a session that makes it borderline"),
        "morning_rise": _("Rise by the next morning that counts"),
        "morning_floor": _("Next-morning pain from which a rise counts"),
    },
    _("In a row, and after a step back"): {
        "confirm_n": _("Check-ins in a row that confirm a change"),
        "cooldown_days": _("Days after a step back without moving on"),
    },
    _("Staying on a bad day"): {
        "spike_delta": _("Rise from the day before that holds the plan"),
        "spike_min": _("Pain from which such a rise counts"),
        "trend_delta": _("Rise over a week that holds the plan"),
        "trend_min": _("Weekly pain from which such a rise counts"),
    },
    _("Missing check-ins"): {
        "gap_hold": _("Days without a check-in before the plan holds"),
        "gap_down": _("Days without a check-in before it eases off"),
        "gap_pause": _("Days without a check-in before it asks to start again"),
        "gap_levels_down": _("Run levels down after a gap"),
    },
    _("Running and prevention"): {
        "run_free_days": _("Days between runs after a bad one"),
        "longest_run_cap": _("Longest run compared with the longest before"),
        "longest_run_days": _("Days in which the longest run is looked for"),
        "halved_volume_days": _("Days at half volume after a flare"),
        "flare_average": _("Pain that counts as a flare"),
        "flare_daily_days": _("Days of daily check-ins after a flare"),
    },
    _("Recovered, and starting again"): {
        "recovered_average": _("Pain that counts as recovered"),
        "recovered_check_ins": _("Check-ins in a row that make recovered"),
        "relapse_average": _("Pain that begins a new episode"),
    },
    _("When somebody is told"): {
        "e1_days": _("Days since the pain began before advice to see somebody"),
        "e1_average": _("Pain from which little change counts"),
        "improvement": _("Share of improvement that counts"),
        "e2_days": _("Days since the pain began before the clinic is told"),
        "e2_average": _("Pain that counts as lasting"),
        "lingering_average": _("Pain that counts as lingering"),
        "e3_days": _("Days since the pain began before a review is needed"),
        "e4_days": _("Days since the pain began before self-guiding ends"),
        "e5_delta": _("Worsening that the clinic is told about"),
        "e5_min": _("Pain from which worsening counts"),
        "e6_quiet_days": _("Days a stuck phase stays untold after another notice"),
        "e7_average": _("Pain that counts as severe"),
        "e8_flare_days": _("Days in which flares are counted"),
        "e8_unsettled_days": _("Days a flare may take to settle"),
        "e8_step_backs": _("Steps back that call for a review"),
        "e8_step_back_days": _("Days in which steps back are counted"),
        "e9_soft_average": _("Pain from which silence is noticed sooner"),
        "e10_nights": _("Woken nights that call for a look"),
        "e10_quiet_check_ins": _("Check-ins before woken nights are told again"),
        "e11_days": _("Check-ins on pain medicine before advice"),
        "e12_confidence": _("Confidence low enough to ask about"),
        "e12_mood": _("Mood low enough to ask about"),
    },
}

THRESHOLD_NAMES = {key: name for group in GROUPS.values() for key, name in group.items()}
