"""The lines in which work waits for a worker, and the ticks that set it going."""

from kombu import Queue

# Two lines with workers of their own: whatever stands in the routine one, a warning does not wait behind it.
# Long work stands in a third: the routine workers turn to both in turn, so no reminder waits behind it.
QUEUES = [Queue("urgent"), Queue("routine"), Queue("back_tests")]
ROUTES = {
    "recovery.tasks.urgent": {"queue": "urgent"},
    "recovery.tasks.heartbeat": {"queue": "urgent"},
    "recovery.tasks.back_test": {"queue": "back_tests"},
}
# In plain seconds: what is due is a row in the database, so a lost or doubled tick costs nothing but time.
TICKS = {"urgent": 5.0, "routine": 5.0, "heartbeat": 15.0, "back_test": 2.0, "tidy": 3600.0}
# A tick nobody took within its own interval is worthless and expires.
SCHEDULE = {
    name: {"task": f"recovery.tasks.{name}", "schedule": seconds, "options": {"expires": seconds}}
    for name, seconds in TICKS.items()
}
