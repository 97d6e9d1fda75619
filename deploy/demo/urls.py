"""Addresses that exist in the demo alone."""

from django.urls import path

from . import mail

app_name = "demo"
urlpatterns = [
    path("", mail.mail_list, name="mail_list"),
    path("<slug:name>/", mail.mail, name="mail"),
]
