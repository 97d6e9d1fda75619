"""The product, with the clock where a request says it is: a form is always about today, and a run needs many todays."""

import threading
from datetime import datetime

from django.utils import timezone

from deploy.wsgi import application as product

_here = threading.local()
_real_now = timezone.now


def _now():
    return getattr(_here, "now", None) or _real_now()


timezone.now = _now


def application(environ, start_response):
    """The product's answer, at the instant of the X-Bench-Now header."""
    stated = environ.get("HTTP_X_BENCH_NOW")
    _here.now = datetime.fromisoformat(stated) if stated else None
    return product(environ, start_response)
