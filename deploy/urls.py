"""Every address, part by part."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from . import health, metrics

# Staff sign in at the same door as everybody, with the same limits and the same second factor.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")
admin.site.logout = RedirectView.as_view(pattern_name="account_logout")
# Only our own tables: a library's would let an admin move an address or a second factor without a second look.
OURS = {"accounts", "recovery"}
admin.site.unregister([model for model in list(admin.site._registry) if model._meta.app_label not in OURS])

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
