"""The sending side in figures, for Prometheus: whoever knows METRICS_TOKEN may read them."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recovery.services import parked, sending_state

Sample = tuple[dict[str, str], float]


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Gauges in Prometheus' text format; without the right token there is nothing here."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    lines = [line for gauge in _gauges(timezone.now()) for line in _written(*gauge)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4; charset=utf-8")


def _gauges(now: datetime) -> Iterator[tuple[str, str, list[Sample]]]:
    """Name, help and samples of each figure, read from the database as it is now."""
    lines = sending_state.lines(now)
    yield "deliveries_due", "Deliveries whose time has come.", [({"line": one.name}, one.due) for one in lines]
    ages = [({"line": one.name}, one.oldest_age(now).total_seconds()) for one in lines]
    yield "oldest_due_age_seconds", "How long the oldest due delivery has waited.", ages
    claimed = [({"line": one.name}, one.claimed) for one in lines]
    yield "deliveries_claimed", "Deliveries a sender has taken.", claimed
    yield "reminders_due", "Reminders due and not yet a message.", [({}, sending_state.reminders_due(now))]
    ends = sending_state.ended(now - sending_state.A_DAY)
    yield "deliveries_ended_24h", "Deliveries ended in 24 hours.", [({"end": end}, n) for end, n in ends.items()]
    waiting = sending_state.unacknowledged(now)
    yield "escalations_unacknowledged", "By age.", [({"age": age}, n) for age, n in waiting.items()]
    yield "warnings_undelivered", "Messages about safety no way could deliver.", [({}, sending_state.undelivered())]
    yield "messages_parked", "Messages given up until a person sends them again.", [({}, parked.parked(now).count())]
    life = sending_state.signs_of_life()
    seen = [({"process": name}, at.timestamp() if at else 0) for name, at in life.items()]
    yield "last_sign_of_life_seconds", "Unix time of the last tick, round or clean audit; 0 for never.", seen
    found = sending_state.shortfalls()
    yield "shortfalls", "What the auditor finds missing or late.", [({"kind": kind}, n) for kind, n in found.items()]


def _written(name: str, about: str, samples: list[Sample]) -> Iterator[str]:
    yield f"# HELP backstride_{name} {about}"
    yield f"# TYPE backstride_{name} gauge"
    for labels, value in samples:
        named = ",".join(f'{key}="{label}"' for key, label in labels.items())
        yield f"backstride_{name}{{{named}}} {float(value)!r}" if named else f"backstride_{name} {float(value)!r}"
