"""The Celery application: `celery -A deploy worker` and `celery -A deploy beat`."""

import os

from celery import Celery
from celery.signals import setup_logging, worker_init

from .own_sweep import OwnSweep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")

app = Celery("backstride")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(OwnSweep)


@setup_logging.connect
def _keep_our_logging(**_):
    """Celery leaves logging alone when somebody answers this signal; Django has set it up already."""


@worker_init.connect
def _refuse_without_keys(**_):
    """A worker without the keys would fail on every note."""
    from .keys import refuse_without

    refuse_without()
