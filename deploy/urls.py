"""Every address, part by part."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from . import health, metrics

# Staff sign in at the same door as everybody, with the same limits and the same second factor.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("", include("recovery.web.urls")),
    path("", include("accounts.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("recovery.api.urls")),
    path("staff/", admin.site.urls),
]

if settings.DEMO:
    urlpatterns.append(path("demo/mail/", include("deploy.demo.urls")))
