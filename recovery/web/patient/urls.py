"""Addresses of the patient's pages."""

from django.urls import path, register_converter

from .day import DayConverter
from .views import (
    activities,
    calendar,
    check_ins,
    decisions,
    devices,
    intake,
    kept,
    learn,
    phone_numbers,
    prevention,
    progress,
    readiness,
    safety,
    sessions,
    settings,
    threads,
    today,
    your_data,
)

register_converter(DayConverter, "day")

app_name = "patient"

urlpatterns = [
    path("today/", today.today, name="today"),
    path("start/", intake.intake, name="intake"),
    path("check-in/", check_ins.check_in, name="check_in"),
    path("check-in/blank/", check_ins.blank, name="blank"),
    path("check-in/<day:day>/", check_ins.correct, name="correct"),
    path("decisions/<day:day>/", decisions.decision, name="decision"),
    path("activities/", activities.activities, name="activities"),
    path("activities/session/", sessions.session, name="session"),
    path("activities/session/<slug:code>/", sessions.session, name="session_of"),
    path("activities/run/", sessions.run, name="run"),
    path("exercises/<slug:code>/", activities.exercise, name="exercise"),
    path("progress/", progress.progress, name="progress"),
    path("progress/summary/", progress.summary, name="summary"),
    path("progress/summary.pdf", progress.summary_pdf, name="summary_pdf"),
    path("staying-well/", prevention.prevention, name="prevention"),
    path("flare/", prevention.flare, name="flare"),
    path("learn/", learn.learn, name="learn"),
    path("learn/<slug:slug>/", learn.article, name="article"),
    path("settings/", settings.settings, name="settings"),
    path("your-data/", your_data.your_data, name="your_data"),
    path("your-data/erase/", your_data.erase, name="erase"),
    path("your-data/<slug:kind>/", your_data.download, name="download"),
    path("settings/reminder/", settings.reminder, name="reminder"),
    path("settings/time-zone/", settings.time_zone, name="time_zone"),
    path("settings/calendar/", calendar.renew, name="calendar"),
    path("settings/calendar/remove/", calendar.revoke, name="revoke_calendar"),
    path("settings/number/", phone_numbers.give, name="number"),
    path("settings/number/code/", phone_numbers.prove, name="prove_number"),
    path("settings/number/remove/", phone_numbers.remove, name="remove_number"),
    path("settings/devices/", devices.add, name="devices"),
    path("settings/devices/<uuid:device_id>/remove/", devices.remove, name="remove_device"),
    path("messages/", threads.conversations, name="threads"),
    path("messages/<uuid:clinic_id>/", threads.thread, name="thread"),
    path("readiness/", readiness.readiness, name="readiness"),
    path("stop/", safety.stop, name="stop"),
    path("stop/mistake/", safety.mistake, name="mistake"),
    path("clearance/", safety.clearance, name="clearance"),
    path("waiting/", kept.waiting, name="waiting"),
    path("phone/pages/", kept.pages, name="kept"),
    path("urgent-help/", safety.urgent_help, name="urgent_help"),
]
