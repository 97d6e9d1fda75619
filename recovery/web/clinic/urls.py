"""Addresses of the clinicians' pages."""

from django.urls import path

from . import (
    acting,
    alerts,
    care,
    day,
    escalation,
    gate,
    hours,
    invitations,
    ledger,
    panel,
    panel_csv,
    patient,
    report,
    team,
    threads,
    views,
    waiting,
)

app_name = "clinic"

PATIENT = "patients/<uuid:episode_id>/"
ESCALATION = "escalations/<uuid:escalation_id>/"

urlpatterns = [
    path("", panel.show, name="panel"),
    path("people.csv", panel_csv.download, name="panel_csv"),
    path("views/", views.save, name="save_view"),
    path("views/<uuid:view_id>/forget/", views.forget, name="forget_view"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("alerts/", alerts.show, name="alerts"),
    path("today/", day.show, name="day"),
    path("today/<uuid:follow_up_id>/done/", day.done, name="follow_up_done"),
    path("today/<uuid:follow_up_id>/again/", day.again, name="follow_up_again"),
    path(f"{PATIENT}follow-up/", day.follow_up, name="follow_up"),
    path("team/", team.show, name="team"),
    path("team/duty/", team.duty, name="duty"),
    path("team/hand-over/", team.hand_over, name="hand_over"),
    path(PATIENT, patient.show, name="patient"),
    path(f"{PATIENT}override/", acting.override, name="override"),
    path(f"{PATIENT}override/end/", acting.end_override, name="end_override"),
    path(f"{PATIENT}clearance/", acting.clearance, name="clearance"),
    path(f"{PATIENT}care/", care.change, name="care"),
    path(f"{PATIENT}messages/", threads.thread, name="thread"),
    path(f"{PATIENT}messages/<uuid:clinic_id>/settle/", threads.settle, name="settle_thread"),
    path(f"{PATIENT}gate/", gate.decide, name="gate"),
    path(f"{PATIENT}sent/", ledger.show, name="ledger"),
    path(f"{PATIENT}report.pdf", report.report, name="report"),
    path("messages/", waiting.show, name="waiting"),
    path("hours/", hours.show, name="hours"),
    path("hours/<uuid:clinic_id>/reading/", hours.reading, name="reading"),
    path("hours/<uuid:clinic_id>/away/", hours.away, name="away"),
    path("hours/<uuid:clinic_id>/back/", hours.back, name="back"),
    path(ESCALATION, escalation.show, name="escalation"),
    path(f"{ESCALATION}acknowledge/", escalation.acknowledge, name="acknowledge"),
    path(f"{ESCALATION}take-over/", escalation.take_over, name="take_over"),
    path(f"{ESCALATION}resolve/", escalation.resolve, name="resolve"),
]
