"""How the clinics work: on weekday mornings somebody looks at what is open, takes some of it and closes some."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from recovery.models import Episode, Escalation
from recovery.services import episodes, escalations

from .cast import Part, script

TAKEN_AT_ONCE = {"EM": 1.0, "SD": 1.0, "WD": 0.8, "RT": 0.5, "AD": 0.5}
CLOSED_EACH_DAY = 0.4
TAKEN_LATE = timedelta(days=5)
NEEDS_CLEARANCE = "RF"
SILENCE = "E9"


class MorningRound:
    """One clinician's round through the open escalations of their clinic."""

    def __init__(self, clinician: User, parts: Mapping[str, Part], rng: Random, until: datetime):
        self.clinician, self.parts, self.rng, self.until = clinician, parts, rng, until

    def __call__(self, now: datetime) -> None:
        """Looks at each open escalation in turn, the oldest first."""
        waiting = Escalation.objects.visible_to(self.clinician).unresolved().select_related("episode__patient")
        for escalation in waiting.order_by("day", "episode__patient__email", "code"):
            self._look_at(escalation, now)

    def _look_at(self, escalation: Escalation, now: datetime) -> None:
        part, chance = self.parts[escalation.episode.patient.email], self.rng.random()
        if part.untouched:
            return
        if escalation.status == Escalation.Status.OPEN:
            if self._takes(part, chance, escalation, now):
                escalations.acknowledge(escalation.pk, self.clinician, now, self._note("acknowledged"))
        elif chance < CLOSED_EACH_DAY and not part.only_acknowledged:
            self._close(escalation, part, now)

    def _takes(self, part: Part, chance: float, escalation: Escalation, now: datetime) -> bool:
        """What stays taken is taken late, so that it has not come back when the demo begins."""
        if part.only_acknowledged:
            return now >= self.until - TAKEN_LATE
        return chance < TAKEN_AT_ONCE[escalation.urgency]

    def _close(self, escalation: Escalation, part: Part, now: datetime) -> None:
        if escalation.code.startswith(NEEDS_CLEARANCE) and escalation.episode.is_stopped:
            return
        outcome = self._outcome(escalation)
        escalations.resolve(escalation.pk, self.clinician, outcome, self._note(outcome), now)
        if escalation.code.startswith(SILENCE) and not part.is_named:
            self._end(escalation.episode, now)

    def _outcome(self, escalation: Escalation) -> str:
        if escalation.code.startswith(SILENCE):
            return "reached"
        return "referred" if escalation.code == "E4" else "reviewed"

    def _end(self, episode: Episode, now: datetime) -> None:
        """Half of those who fell silent are done with the plan: recovered, or not for them."""
        if self.rng.random() < 0.5 and Episode.objects.open().filter(pk=episode.pk).exists():
            recovered = bool(episode.state.get("recovered"))
            episodes.close(episode.pk, "recovered" if recovered else "left", now)

    def _note(self, kind: str) -> str:
        return self.rng.choice(script()["notes"][kind])
