"""Addresses of this app's own pages; signing in and out is allauth's, under /accounts/."""

from django.urls import path

from . import keys, looks, views

app_name = "accounts"

urlpatterns = [
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("who-looked/", looks.who_looked, name="who_looked"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:key_id>/end/", keys.end, name="end_key"),
    path("clinics/<uuid:clinic_id>/leave/", views.leave_clinic, name="leave_clinic"),
]
