"""Why a service said no: a code, the field it is about, and one sentence for the person."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "too_many_invitations": _(
        "You sent very many invitations within the hour. Wait a few minutes and send this one again."
    ),
    "no_open_episode": _("There is no plan to check in for yet. Answer the starting questions first."),
    "episode_already_open": _("You already have a plan. Open Today to see it."),
    "no_published_plan": _("No plan has been published yet. Ask the people who run this service to publish one."),
    "day_in_future": _("That day has not come yet. Choose today or an earlier day."),
    "day_before_start": _("Your plan started on %(started_on)s. Choose that day or a later one."),
    "key_used_for_other_answers": _(
        "This check-in was already saved with other answers. Both are kept; nothing was changed."
    ),
    "day_already_filled": _("You have already checked in for this day. You can correct it instead."),
    "nothing_to_correct": _("There is no check-in for that day to correct."),
    "bad_value": _("%(sentence)s"),
    "too_young": _("This plan is for people aged 16 and over. Please see a doctor or physiotherapist."),
    "needs_clinician_if_under_18": _(
        "At 16 or 17 a clinician needs to look after the plan with you. Accept a clinic's invitation first."
    ),
    "clinician_first": _(
        "Please see a doctor or physiotherapist before starting, and tell us when one has agreed to this plan."
    ),
    "onset_after_start": _("The day your back pain began cannot be in the future."),
    "last_run_in_future": _("The day of your last run cannot be in the future."),
    "not_stopped": _("Your plan is not stopped, so there is nothing to clear."),
    "cleared_today": _(
        "A check was already recorded today, and a warning sign came after it. Record the next one tomorrow."
    ),
    "assessed_in_future": _("The day you were seen cannot be in the future."),
    "assessed_before_stop": _("Enter a day on or after %(stopped_on)s, when the plan stopped."),
    "plan_off_no_session": _("Your plan is off because of a warning sign, so this session was not kept."),
    "too_many_sessions": _("%(count)s sessions are kept for today already. Tell the rest in the check-in."),
    "plan_is_stopped": _("The plan is stopped by a warning sign. Record a clearance before changing the phase."),
    "reason_missing": _("Give a reason. The patient will read it."),
    "no_clinic_of_yours": _("You do not work at a clinic here. Ask an admin to add you to one first."),
    "no_record_under_address": _(
        "There is no record under this address. Check it with somebody who knows the patient."
    ),
    "shares_already": _("This patient shares with your clinic: open them from the list of people."),
    "emergency_not_explained": _("Write in a sentence or two what happened."),
    "too_many_emergencies": _("You have opened %(most)s records in an emergency today. Call an admin for another."),
    "emergency_reviewed": _("Somebody has looked at this already; what they found stays."),
    "note_missing": _("Write a short note on what was done."),
    "unknown_phase": _("Choose one of the phases of this patient's plan."),
    "unknown_run_level": _("Choose a run level for the return to running, and none for other phases."),
    "expiry_too_early": _("Choose an end date after today."),
    "expiry_too_late": _("Choose an end date within %(days)s days."),
    "override_standing": _("An earlier change is still in force. End it before making another."),
    "no_override": _("There is no change in force to end."),
    "not_parked": _("This message is on its way again, or no longer needed. The list shows what is left."),
    "already_acknowledged": _("%(name)s has already taken this."),
    "no_such_colleague": _("Choose somebody who works at this clinic now. Load the page again to see who does."),
    "already_resolved": _("This has already been closed. %(name)s closed it."),
    "edited_by_another": _(
        "Somebody else changed this draft while you were editing. Their version is shown; enter your change again."
    ),
    "not_a_draft": _("A published version never changes. Start a draft from it."),
    "invalid_plan": _("%(sentence)s"),
    "unknown_exercise": _("%(exercise)s is not an exercise in this plan's library."),
    "exercise_incomplete": _("Exercise %(place)s needs a %(what)s."),
    "exercise_twice": _("%(exercise)s stands in the library twice. Give each exercise a code of its own."),
    "exercise_sides": _("%(exercise)s: sides must be none, both or alternate."),
    "plan_malformed": _("%(place)s must be %(what)s."),
    "phase_without_exercise": _("The phase “%(phase)s” has no exercise. Give it at least one."),
    "unknown_weekday": _("%(exercise)s in “%(phase)s” names a day that does not exist. Use daily, or mon to sun."),
    "dose_missing": _("%(exercise)s in “%(phase)s” has no dose. Say how much."),
    "nothing_to_publish": _("There is no draft to publish."),
    "restart_not_due": _("The starting questions are asked again after a longer break or a warning sign, not now."),
    "too_many_views": _("You keep %(count)s views already. Remove one you no longer use."),
    "quiet_hours_have_one_end": _("Give quiet hours both a beginning and an end, or leave both empty."),
    "quiet_hours_are_empty": _("Quiet hours need to end at another time than they begin. Leave both empty for none."),
    "reminder_in_quiet_hours": _(
        "This time lies in your quiet hours, %(quiet_from)s to %(quiet_until)s. "
        "Choose another time, or other quiet hours."
    ),
    "second_needs_two": _("A second reminder needs two messages a day. Allow two, or switch the second one off."),
    "second_in_quiet_hours": _(
        "Two hours after your reminder it is quiet, or the day is over. "
        "Choose an earlier time, or switch the second reminder off."
    ),
    "pause_is_over": _("A pause ends on a day to come. Choose tomorrow or later, or leave it empty for no pause."),
    "pause_too_long": _("A pause lasts at most %(days)s days. Choose an earlier day, or switch the reminder off."),
    "pause_needs_a_day_to_come": _("Choose the day on which the plan goes on: tomorrow or later."),
    "plan_pause_too_long": _(
        "A pause lasts at most %(days)s days. Choose an earlier day; "
        "after a longer break the plan starts with questions."
    ),
    "plan_off_no_pause": _(
        "Your plan is off because of a warning sign. There is nothing to pause until it was looked at."
    ),
    "not_paused": _("Your plan is not paused."),
    "no_way_to_reach": _(
        "Nothing would reach you. Keep e-mail on, switch notifications on first, or switch the reminder off."
    ),
    "no_way_for_escalations": _(
        "Nothing you ticked reaches you now. Tick one that does: urgent notices need at least one way to you."
    ),
    "device_unknown": _("This browser gave an answer we cannot use. Reload the page and try again."),
    "too_many_devices": _("You are notified on %(count)s devices already. Remove one you no longer use."),
    "number_unknown": _("Enter a mobile number with its country code, such as +31 6 12345678."),
    "code_too_soon": _("A code was sent already. Wait a minute for it; after five codes, try again tomorrow."),
    "code_wrong": _("This is not the code, or it is older than ten minutes. Check it, or ask for a new code."),
    "unknown_zone": _("Choose a time zone from the list, for example Europe/Amsterdam."),
    "back_test_needed": _(
        "This draft has not been tried on everybody’s past since its last change. Try it first, then publish it."
    ),
    "back_test_faults": _("Some episodes could not be lived through again with this draft. Find out why first."),
    "loss_needs_reason": _(
        "With this draft %(count)s escalations of the past would be missing. Write down why that is right."
    ),
    "second_eyes_needed": _(
        "A clinic asks for two pairs of eyes: somebody who did not edit this draft has to approve it first."
    ),
    "role_missing": _("Say in which role you approve it, for example physiotherapist."),
    "draft_is_open": _("A draft is open. Publish it or throw it away before bringing an older version back."),
    "period_backwards": _("The period must end on or after the day it begins."),
    "message_empty": _("Write something first."),
    "message_too_long": _("Your message has %(length)s characters. Shorten it to %(most)s."),
    "key_used_for_other_message": _("You sent this before with other words. Press Send again to send these words too."),
    "too_many_messages": _("You have sent many messages in the last hour. Wait a little, or call the clinic."),
    "note_too_long": _("Your note has %(length)s characters. Shorten it to %(most)s."),
    "note_of_another": _("%(name)s wrote this note. Write one of your own instead."),
    "note_corrected_already": _(
        "This note has been corrected already. Load the page again to see the words that stand."
    ),
    "nobody_reads": _("Nobody at %(clinic)s reads messages now. Call them instead."),
    "thread_closed": _("This conversation is closed, because the clinic and the patient no longer share."),
    "no_episode_to_write_about": _("The starting questions come first. The clinic can read messages after that."),
    "absence_ends_before": _("Choose a last day that is today or later, and not before the first day."),
    "absence_too_long": _("Choose a last day at most %(days)s days after the first."),
    "unknown_article": _("There is no article called %(article)s, which %(phase)s offers."),
    "cohort_size": _("Choose %(fewest)s to %(most)s people and at most %(weeks)s weeks."),
    "made_up_full": _("A made-up patient lives at most %(most)s days. There is room for %(left)s more."),
    "episode_has_ended": _("This plan has ended. Nothing in it can be changed any more."),
    "follow_up_length": _("Write what you want to do, in at most %(most)s characters."),
    "follow_up_day": _("Choose today or a later day, at most %(days)s days from now."),
    "too_many_follow_ups": _("You have %(count)s follow-ups waiting. Tick off some of them first."),
    "gate_reason_missing": _("Give a reason."),
    "gate_is_open": _("It is unlocked already."),
    "gate_is_shut": _("It is locked already."),
    "unknown_limit": _("Choose one of the limits of this patient’s plan."),
    "looser_lower": _("The plan’s limit is %(plan)s. For one patient it can only be stricter: choose a lower number."),
    "looser_higher": _("The plan asks for %(plan)s. For one patient it can only be stricter: choose a higher number."),
    "limit_out_of_range": _("The plan allows nothing stricter than %(strictest)s here. Choose a number up to that."),
    "limit_stricter_already": _("This limit is stricter already. End that first."),
    "limits_would_cross": _(
        "With this number the limits for moving on and for stepping back would lie too close together, "
        "and the patient would go to and fro. Choose another."
    ),
    "no_tightening": _("This stricter limit has ended already."),
    "version_of_another_plan": _("That version belongs to another plan. Choose a version of this patient's own plan."),
    "version_not_published": _("Only a published version can be followed. Publish it first."),
    "on_this_version": _("This patient already follows that version."),
    "running_choice_missing": _("Say what the people who are on the plan now should do: stay, or move."),
    "awaiting_intake": _("After a longer break the plan needs a few starting questions again."),
}


class Refused(Exception):
    """A service declined; nothing was written."""

    def __init__(self, code: str, field: str = "", **figures):
        self.code, self.field, self.figures = code, field, figures
        super().__init__(code)

    @property
    def sentence(self) -> str:
        """One sentence that says what was wrong and what to do."""
        return str(SENTENCES[self.code]) % self.figures

    def __str__(self):
        return self.sentence


class Conflict(Refused):
    """What was asked collides with what is already stored; the stored row rides along."""

    def __init__(self, code: str, stored=None, field: str = "", **figures):
        super().__init__(code, field, **figures)
        self.stored = stored
