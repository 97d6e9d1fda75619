"""Knows how Backstride runs: settings, addresses, processes. Nothing imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
