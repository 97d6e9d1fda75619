"""Private notes: what colleagues of one clinic write down about a patient for each other."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Clinic
from recovery.models import PrivateNote
from recovery.models.note import LONGEST_NOTE
from recovery.services import private_notes
from recovery.services.refusals import Refused

from .doors import add_refusal, clinic_page, find_episode
from .threads import shared_clinics


class NoteForm(forms.Form):
    """One note; its key makes a double tap harmless."""

    clinic = forms.ModelChoiceField(Clinic.objects.none(), label=gettext_lazy("For"), empty_label=None)
    text = forms.CharField(
        label=gettext_lazy("Private note"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": gettext_lazy("Please send it again.")})

    def __init__(self, *args, clinics, **kwargs):
        super().__init__(*args, auto_id="note_%s", **kwargs)
        self.fields["clinic"].queryset = clinics
        self.fields["clinic"].initial = clinics.first()
        if len(clinics) < 2:
            self.fields["clinic"].widget = forms.HiddenInput()


@never_cache
@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request, episode_id):
    """Every note of my clinics about this patient, and a place to write one."""
    episode = find_episode(request, episode_id)
    clinics = shared_clinics(request.user, episode.patient)
    form = NoteForm(request.POST or None, clinics=clinics, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        try:
            private_notes.write(
                episode, written["clinic"], request.user, written["text"], written["key"], timezone.now()
            )
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Kept. Your colleagues see it, the patient does not."))
            return redirect("clinic:notes", episode.pk)
    context = {"tab": "panel", "episode": episode, "notes": notes_of(request.user, episode), "note_form": form}
    return render(request, "recovery/clinic/notes.html", context, status=400 if form.errors else 200)


@never_cache
@clinic_page
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, episode_id, note_id):
    """Sets a note of one's own right; the first words stay under it."""
    episode = find_episode(request, episode_id)
    mine = PrivateNote.objects.visible_to(request.user).standing().filter(episode=episode, author=request.user)
    note = get_object_or_404(mine, pk=note_id)
    clinics = shared_clinics(request.user, episode.patient).filter(pk=note.clinic_id)
    form = NoteForm(request.POST or None, clinics=clinics, initial={"key": uuid4(), "text": note.text})
    if request.method == "POST" and form.is_valid():
        try:
            private_notes.correct(
                note, request.user, form.cleaned_data["text"], form.cleaned_data["key"], timezone.now()
            )
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Corrected. The first words stay readable under it."))
            return redirect("clinic:notes", episode.pk)
    context = {"tab": "panel", "episode": episode, "note": note, "note_form": form}
    return render(request, "recovery/clinic/note.html", context, status=400 if form.errors else 200)


def notes_of(clinician, episode) -> list[dict]:
    """The notes that stand, the newest first, each with the words it took the place of."""
    found = PrivateNote.objects.visible_to(clinician).filter(episode=episode)
    rows = {row.pk: row for row in found.select_related("author", "clinic")}
    replaced = {row.corrects_id for row in rows.values()}
    return [
        {"note": row, "before": _before(row, rows), "is_mine": row.author_id == clinician.pk}
        for row in sorted(rows.values(), key=lambda row: row.written_at, reverse=True)
        if row.pk not in replaced
    ]


def _before(row: PrivateNote, rows: dict) -> list[PrivateNote]:
    before: list[PrivateNote] = []
    while row.corrects_id in rows:
        row = rows[row.corrects_id]
        before.append(row)
    return before
