"""Addresses of the phone app; the worker stands at the root because it answers for all of it."""

from django.urls import path

from . import push, views

app_name = "phone"

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("phone/session/", views.session, name="session"),
    path("phone/push/", push.renew, name="renew_push"),
    path("offline/", views.offline, name="offline"),
]
