"""The address of the sending page, for admins."""

from django.urls import path

from . import again, page

app_name = "sending"

urlpatterns = [
    path("", page.show, name="show"),
    path("again/<uuid:message_id>/", again.again, name="again"),
]
