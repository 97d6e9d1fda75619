"""Addresses of the page on how somebody of the staff is reached."""

from django.urls import path

from . import page, ways

app_name = "reach"

urlpatterns = [
    path("", page.show, name="show"),
    path("sent/", page.sent, name="sent"),
    path("digest/", page.digest, name="digest"),
    path("devices/", ways.add_device, name="devices"),
    path("devices/<uuid:device_id>/remove/", ways.remove_device, name="remove_device"),
    path("number/", ways.give_number, name="number"),
    path("number/code/", ways.prove_number, name="prove_number"),
    path("number/remove/", ways.remove_number, name="remove_number"),
]
