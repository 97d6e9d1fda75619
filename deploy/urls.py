"""Every address, part by part."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from . import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("staff/", admin.site.urls),
]
for prefix, module in [("", "accounts.web.urls"), ("", "recovery.web.urls"), ("api/v1/", "recovery.api.urls")]:
    if find_spec(module):
        urlpatterns.append(path(prefix, include(module)))

if settings.DEMO:
    urlpatterns.append(path("demo/mail/", include("deploy.demo.urls")))
