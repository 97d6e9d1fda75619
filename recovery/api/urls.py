"""Nouns under /api/v1/."""

from django.urls import path, re_path

from .views import (
    back_tests,
    check_ins,
    decisions,
    drafts,
    episodes,
    escalations,
    exercises,
    messages,
    outside,
    panel,
    plans,
    reminders,
    token,
)

app_name = "api"
urlpatterns = [
    path("schema/", outside.Schema.as_view(), name="schema"),
    path("auth/token/", token.Token.as_view(), name="token"),
    path("check-ins/", check_ins.CheckIns.as_view(), name="check_ins"),
    path("check-ins/<uuid:key>/", check_ins.OneCheckIn.as_view(), name="check_in"),
    path("episodes/", episodes.Episodes.as_view(), name="episodes"),
    path("episodes/current/", episodes.CurrentEpisode.as_view(), name="current_episode"),
    path("episodes/<uuid:pk>/", episodes.OneEpisode.as_view(), name="episode"),
    path("episodes/<uuid:pk>/override/", episodes.EpisodeOverride.as_view(), name="override"),
    path("episodes/<uuid:pk>/clearance/", episodes.EpisodeClearance.as_view(), name="clearance"),
    path("decisions/", decisions.Decisions.as_view(), name="decisions"),
    path("decisions/<int:pk>/", decisions.OneDecision.as_view(), name="decision"),
    path("plans/", plans.Plans.as_view(), name="plans"),
    path("plans/<slug:key>/", plans.OnePlan.as_view(), name="plan"),
    path("plans/<slug:key>/versions/<int:number>/", plans.OneVersion.as_view(), name="plan_version"),
    path("plans/<slug:key>/draft/", drafts.PlanDraft.as_view(), name="draft"),
    path("plans/<slug:key>/publish/", drafts.PublishPlan.as_view(), name="publish"),
    path("plans/<slug:key>/approve/", drafts.ApproveDraft.as_view(), name="approve"),
    path("plans/<slug:key>/back-tests/", back_tests.BackTests.as_view(), name="back_tests"),
    path("plans/<slug:key>/back-tests/<uuid:pk>/", back_tests.OneBackTest.as_view(), name="back_test"),
    path("exercises/", exercises.Exercises.as_view(), name="exercises"),
    path("exercises/<slug:code>/", exercises.OneExercise.as_view(), name="exercise"),
    path("panel/", panel.Panel.as_view(), name="panel"),
    path("escalations/", escalations.Escalations.as_view(), name="escalations"),
    path("escalations/<uuid:pk>/", escalations.OneEscalation.as_view(), name="escalation"),
    path("escalations/<uuid:pk>/acknowledge/", escalations.AcknowledgeEscalation.as_view(), name="acknowledge"),
    path("escalations/<uuid:pk>/resolve/", escalations.ResolveEscalation.as_view(), name="resolve"),
    path("reminders/", reminders.Reminders.as_view(), name="reminders"),
    path("reminders/settings/", reminders.ReminderSettings.as_view(), name="reminder_settings"),
    path("messages/", messages.Messages.as_view(), name="messages"),
    re_path(r"^[\s\S]*$", outside.Nothing.as_view(), name="nothing"),
]
