"""The address of the sending page, for admins."""

from django.urls import path

from . import page

app_name = "sending"

urlpatterns = [path("", page.show, name="show")]
