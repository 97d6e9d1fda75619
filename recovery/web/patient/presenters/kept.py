"""Which pages a patient's phone keeps for the time without a network."""

import hashlib
import json

from django.urls import reverse

from recovery.models import Decision, Episode, ThreadMessage
from recovery.services import rhythm

from ..day import today_of
from .activities_page import ActivitiesPage, activities_page
from .thread import conversations_of

WITHOUT_TIMER = ("habit", "running")


def kept_pages(episode: Episode, now) -> list[str]:
    """Today and what it asks for; while the plan is off, what to do about the warning sign."""
    help_pages = [reverse(f"patient:{name}") for name in ("urgent_help", "today", "waiting", "blank", "summary")]
    if episode.is_stopped:
        return [*help_pages, reverse("patient:stop")]
    page = activities_page(episode, today_of(episode.patient, now))
    todays = [*page.focus, *page.choices, *page.others, *page.optional]
    exercises = [reverse("patient:exercise", args=[each.code.lower()]) for each in todays]
    return [*help_pages, reverse("patient:activities"), *_timers(page), *exercises, *_beside(episode)]


def _timers(page: ActivitiesPage) -> list[str]:
    """The whole session, what is done apart from it, and the walk-run."""
    apart = [each for each in (*page.choices, *page.optional) if each.kind not in WITHOUT_TIMER]
    timers = [reverse("patient:session_of", args=[each.code.lower()]) for each in apart]
    session = [reverse("patient:session")] if page.may_start else []
    return [*session, *([reverse("patient:run")] if page.run else []), *timers]


def _beside(episode: Episode) -> list[str]:
    """The newest decision, what was written to and fro, and how to stay well once there."""
    names = ("threads", "prevention", "flare") if rhythm.is_weekly(episode) else ("threads",)
    threads = [reverse("patient:thread", args=[each.clinic.pk]) for each in conversations_of(episode.patient)]
    days = Decision.objects.standing().filter(episode=episode).order_by("-day").values_list("day", flat=True)[:1]
    decisions = [reverse("patient:decision", args=[day]) for day in days]
    return [*decisions, *(reverse(f"patient:{name}") for name in names), *threads]


def stamp_of(episode: Episode, pages: list[str], now) -> str:
    """Another one whenever what the pages say may be another."""
    person = episode.patient
    standing = Decision.objects.standing().filter(episode=episode).order_by("-pk").values_list("pk", flat=True)
    said = ThreadMessage.objects.filter(thread__patient=person).order_by("-pk").values_list("pk", flat=True)
    look = [person.language, person.theme, person.display_name]
    seen = [pages, str(today_of(person, now)), standing.first(), str(said.first()), str(episode.paused_until), *look]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]
