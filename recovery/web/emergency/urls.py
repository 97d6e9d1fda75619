"""Addresses of emergency access."""

from django.urls import path

from . import clinician, review

app_name = "emergency"

urlpatterns = [
    path("clinic/emergencies/", clinician.ask, name="ask"),
    path("clinic/emergencies/<uuid:access_id>/", clinician.record, name="record"),
    path("emergencies/", review.waiting, name="waiting"),
    path("emergencies/<uuid:access_id>/", review.decide, name="review"),
]
