"""Every page people open, by who it is for."""

from django.urls import include, path

from .calendar import calendar
from .home import home
from .sms import incoming
from .unsubscribe import unsubscribe

urlpatterns = [
    path("", home, name="home"),
    path("calendar/<str:secret>.ics", calendar, name="calendar"),
    path("sms/<str:secret>/", incoming, name="sms_incoming"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("", include("recovery.web.phone.urls")),
    path("", include("recovery.web.patient.urls")),
    path("clinic/", include("recovery.web.clinic.urls")),
    path("plans/", include("recovery.web.plans.urls")),
    path("reach/", include("recovery.web.reach.urls")),
    path("sending/", include("recovery.web.sending.urls")),
    path("", include("recovery.web.emergency.urls")),
]
