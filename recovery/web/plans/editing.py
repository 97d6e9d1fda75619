"""One page of a draft: shows what is stored, saves what was changed, and keeps what was typed when it cannot."""

import copy
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from django import forms
from django.shortcuts import render
from django.utils import timezone

from recovery.models import PlanVersion
from recovery.services import plans
from recovery.services.plan_documents import document_of
from recovery.services.refusals import Conflict, Refused

from .checks import shown
from .clashes import Clash, merged
from .doors import find_draft
from .faults import add_refusal
from .rail import Rail, build_rail
from .slots import Slot, SlotForm

SlotsOf = Callable[[Mapping, Mapping], Sequence[Slot]]
Change = Callable[[dict, SlotForm], None]
Prepare = Callable[[dict], None]
LOOK = "look"


class Editing:
    """A request to see or change some places of a draft.

    `slots_of` names the places, given the draft's document and the live one; `extras` are fields of the page that
    stand for no place; `prepare` makes room in the document before its places are filled, and `change` does to the
    new document what goes beyond filling places.
    """

    def __init__(
        self,
        request,
        draft: PlanVersion,
        slots_of: SlotsOf,
        extras: Mapping[str, forms.Field] | None = None,
        change: Change | None = None,
        prepare: Prepare | None = None,
    ):
        self.request, self.slots_of, self.extras = request, slots_of, extras or {}
        self.change, self.prepare = change, prepare
        self.status, self.clash = HTTPStatus.OK, None
        self._read(draft, request.POST if request.method == "POST" else None)

    def _read(self, draft: PlanVersion, data) -> None:
        self.draft, self.document = draft, document_of(draft)
        self.live = document_of(draft.based_on) if draft.based_on else self.document
        self.ready = copy.deepcopy(self.document)
        if self.prepare:
            self.prepare(self.ready)
        slots = self.slots_of(self.ready, self.live)
        self.form = SlotForm(data, self.ready, slots, draft.revision, self.extras)

    def saved(self) -> bool:
        """Whether the page was sent and is now stored; otherwise it is shown again with what was typed."""
        if self.request.method != "POST" or self.is_look:
            return False
        if self._is_stale():
            self._meet(self.draft)
        elif not self.form.is_valid():
            self.status = HTTPStatus.BAD_REQUEST
        else:
            self._save()
        return self.status == HTTPStatus.OK

    @property
    def is_look(self) -> bool:
        """Whether what is typed is only to be looked at, not kept."""
        return self.request.method == "POST" and self.request.POST.get("act") == LOOK

    def typed(self) -> Mapping | None:
        """The document as it would be with what is typed; nothing while a field cannot be read."""
        return self.form.applied(self.ready) if self.form.is_valid() else None

    def _is_stale(self) -> bool:
        sent = self.request.POST.get("revision", "")
        return sent.isdecimal() and sent != str(self.draft.revision)

    def _save(self) -> None:
        document = self.form.applied(self.ready)
        try:
            if self.change:
                self.change(document, self.form)
            revision = self.form.cleaned_data["revision"]
            plans.edit(self.draft.pk, document, revision, self.request.user, timezone.now())
        except Conflict as conflict:
            self._meet(find_draft(conflict.stored.plan) or conflict.stored)
        except (Refused, forms.ValidationError) as refused:
            add_refusal(self.form, document, refused)
            self.status = HTTPStatus.BAD_REQUEST

    def _meet(self, stored: PlanVersion) -> None:
        """Somebody else saved first: their values and mine side by side, mine still in the form."""
        self._read(stored, None)
        data, rows = merged(self.form, self.document, self.request.POST)
        self._read(stored, data)
        self.clash = Clash(stored.edited_by, stored.edited_at, rows)
        self.status = HTTPStatus.CONFLICT

    def page(self, name: str, **context):
        """The page itself, with everything every draft page shows; for a look, only what is to be said of it."""
        if self.is_look:
            typed = self.typed()
            found = None if typed is None else shown(self.draft, typed)
            return render(self.request, "recovery/plans/checked.html", {"shown": found, "form": self.form})
        rail: Rail = build_rail(self.draft, self.document, self.live)
        context |= {"tab": "plans", "draft": self.draft, "plan": self.draft.plan, "rail": rail}
        context |= {"form": self.form, "clash": self.clash}
        return render(self.request, f"recovery/plans/{name}.html", context, status=self.status)
