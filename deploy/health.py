"""Does it live, and is it ready: two addresses for probes and for the demo."""

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process answers at all."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database, the broker and the beat's last tick are fine, else 503 naming which is not."""
    checks = {"database": _database_answers(), "broker": _broker_answers()}
    checks["beat"] = checks["database"] and _beat_ticks(timezone.now())
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    if not settings.REDIS_URL:
        return False
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def _beat_ticks(now) -> bool:
    from recovery.services import heartbeat

    try:
        return heartbeat.is_fresh(heartbeat.BEAT, now)
    except DatabaseError:  # not migrated yet
        return False
