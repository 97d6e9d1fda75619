"""A patient's calendar for whoever holds its secret link; every other address is not there."""

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from recovery.services import calendars

AN_HOUR = 3600
MOST_AN_HOUR = 60  # calendar apps ask a few times an hour


@require_safe
def calendar(request, secret):
    """The feed, never kept by a cache on the way."""
    person = calendars.owner_of(secret)
    if person is None:
        raise Http404
    if _asked_too_often(person):
        response = HttpResponse(status=429, headers={"Retry-After": str(AN_HOUR)})
    else:
        feed = calendars.calendar_of(person, timezone.now())
        response = HttpResponse(feed, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _asked_too_often(person) -> bool:
    key = f"calendar:{person.pk}"
    cache.add(key, 0, AN_HOUR)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # it ran out this very moment
        return False
