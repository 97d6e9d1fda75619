"""The demo's addresses beside all others."""

from django.urls import include, path

from deploy.urls import urlpatterns as all_others

urlpatterns = [*all_others, path("demo/mail/", include("deploy.demo.urls"))]
