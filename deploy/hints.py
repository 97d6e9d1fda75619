"""Asks a worker to look now instead of at the next tick."""

import logging
import time

from .celery import app

log = logging.getLogger(__name__)
AT_MOST_EVERY, AFTER_A_FAILURE = 0.5, 30.0  # seconds
LIVES_FOR = 15  # seconds; after that, ticks have looked
_quiet_until = 0.0


def something_is_due() -> None:
    """Sends a tick without contents to the urgent line. A broker that does not answer costs a moment, and only once."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    _quiet_until = time.monotonic() + AT_MOST_EVERY
    try:
        with app.connection_for_write(transport_options=TRY_ONCE) as connection:
            app.send_task("recovery.tasks.urgent", connection=connection, expires=LIVES_FOR, retry=False)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the row is safe and a tick comes
        _quiet_until = time.monotonic() + AFTER_A_FAILURE
        log.warning("no hint could be given: %s", type(problem).__name__)


TRY_ONCE = {
    **app.conf.broker_transport_options,
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
