"""The page of the made-up patient: begin, live a day or several, take a day back, begin anew."""

import json
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recovery.models import PlanVersion
from recovery.rules.case_reading import InvalidCase
from recovery.rules.plan import parse_plan
from recovery.rules.reminders import local_day
from recovery.services.made_up import courses, patient
from recovery.services.plan_documents import document_of
from recovery.services.plan_specs import spec_of
from recovery.services.refusals import Refused

from ..doors import draft_page, form_page
from ..editing import Editing
from .forms import BeginningForm, CourseForm, DayForm
from .shown import tried


@draft_page
@form_page
def show(request, draft):
    """Plays the patient; what was typed stays when it cannot be taken."""
    page = _Page(request, draft)
    if request.method == "POST" and page.act():
        if not request.htmx:
            return redirect("plans:try", draft.plan.key)
        page = _Page(request, draft, fresh=True)
    return page.answer()


@draft_page
@require_safe
def case(request, draft):
    """The made-up patient as a case for `manage.py replay`."""
    kept = request.session.get(_place(draft))
    if kept is None or kept["as_of"] is None:
        return redirect("plans:try", draft.plan.key)
    text = json.dumps({"plan": draft.plan.key, **kept}, indent=1)
    name = f'attachment; filename="{draft.plan.key}-made-up.json"'
    return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": name})


def _place(draft: PlanVersion) -> str:
    return f"made-up:{draft.plan.key}"


class _Page:
    """One request; `fresh` shows what is kept now and forgets what was sent."""

    def __init__(self, request, draft: PlanVersion, fresh: bool = False):
        self.request, self.draft = request, draft
        self.kept = request.session.get(_place(draft))
        self.spec = parse_plan(document_of(draft))
        self.status, self.refused = HTTPStatus.OK, ""
        sent = request.POST if request.method == "POST" and not fresh else None
        wish = sent.get("act", "") if sent else ""
        titles = {phase.key: phase.title for phase in self.spec.phases}
        self.beginning = BeginningForm(sent if wish == "begin" else None, titles)
        self.day = self.course = None
        if self.kept is not None:
            last = self.kept["check_ins"][-1] if self.kept["check_ins"] else None
            self.day = DayForm(sent if wish == "day" else None, last, self.kept["intake"]["average"])
            self.course = CourseForm(sent if wish == "course" else None)

    def act(self) -> bool:
        """Does what was asked; a page that lags behind another one changes nothing."""
        wish = ACTS.get(self.request.POST.get("act", ""))
        if wish is None or (self.kept is None and wish is not _begin):
            return True
        if wish is not _begin and self.request.POST.get("lived") != str(patient.days_of(self.kept)):
            return True
        try:
            grown = wish(self)
        except (Refused, InvalidCase) as refusal:
            self.refused = getattr(refusal, "sentence", "") or str(refusal)
            grown = None
        if wish is _forget:
            return True
        if grown is None:
            self.status = HTTPStatus.BAD_REQUEST
            return False
        self.request.session[_place(self.draft)] = grown
        return True

    def answer(self):
        """The page, or only its changing part when a script asks."""
        context = {"here": "try", "beginning": self.beginning, "day": self.day, "course": self.course}
        context |= {"refused": self.refused, "most": patient.MOST_DAYS, "plan": self.draft.plan}
        if self.kept is not None:
            live = PlanVersion.objects.newest(self.draft.plan.key)
            context |= {"tried": tried(self.kept, self.spec, spec_of(live.pk)), "live": live}
        if self.request.htmx:
            return render(self.request, "recovery/plans/try/played.html", context, status=HTTPStatus.OK)
        editing = Editing(self.request, self.draft, lambda document, live: [])
        editing.status, editing.form = self.status, next((f for f in self._forms() if f.errors), editing.form)
        return editing.page("try/page", **context)

    def _forms(self):
        return (form for form in (self.beginning, self.day, self.course) if form is not None)


def _begin(page: _Page):
    if not page.beginning.is_valid():
        return None
    user = page.request.user
    return patient.begin(page.beginning.beginning(), local_day(timezone.now(), user.zone))


def _live_a_day(page: _Page):
    if not page.day.is_valid():
        return None
    return patient.give(page.kept, page.spec, page.day.given(), page.day.cleaned_data["days"])


def _live_a_course(page: _Page):
    if not page.course.is_valid():
        return None
    asked = page.course.cleaned_data
    return courses.along(page.kept, page.spec, asked["course"], asked["length"])


def _forget(page: _Page):
    page.request.session.pop(_place(page.draft), None)


ACTS = {
    "begin": _begin,
    "day": _live_a_day,
    "course": _live_a_course,
    "skip": lambda page: patient.skip(page.kept, page.spec),
    "undo": lambda page: patient.undo(page.kept),
    "anew": _forget,
}
