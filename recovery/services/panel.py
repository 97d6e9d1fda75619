"""Who needs a clinician, in order and with the reason: the panel as plain values, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

PAGE_SIZE = 50
SPARK_DAYS = 28


@dataclass(frozen=True, slots=True)
class OpenEscalation:
    """An escalation nobody has closed yet; `is_overdue` when nobody took it in time, `undelivered` when a message about it did not arrive."""

    id: UUID
    code: str
    urgency: str
    status: str
    day: date
    raised_at: datetime
    figures: Mapping
    is_overdue: bool
    undelivered: bool
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One patient: why they stand where they stand, and the facts a clinician glances at.

    `attention` is one of `attention.ORDER`. `reason_code` is an escalation's code, or one of stopped, silent,
    never_checked_in, awaiting_intake, run_gate_readiness, run_gate_review, override, or the latest decision's outcome.
    `spark` holds the average pain of 28 days, oldest first, None where nobody answered.
    """

    episode_id: UUID
    patient_name: str
    attention: str
    reason_code: str
    reason_figures: Mapping
    phase: str
    phase_position: int
    day_in_phase: int
    run_level: str
    last_check_in_on: date | None
    last_received_at: datetime | None
    last_average: int | None
    days_silent: int
    open_escalations: tuple[OpenEscalation, ...]
    undelivered: bool
    spark: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class PanelGroup:
    """Patients of one attention, most pressing first; `count` is of all pages."""

    attention: str
    count: int
    rows: tuple[PanelRow, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One page of the panel; `counts` (attention -> patients) and `total` are of everything found."""

    groups: tuple[PanelGroup, ...]
    counts: Mapping[str, int]
    total: int
    page: int
    pages: int

    @property
    def rows(self) -> Sequence[PanelRow]:
        """All rows of this page in order."""
        return [row for group in self.groups for row in group.rows]


def panel(
    clinician, now: datetime, search: str = "", page: int = 1, attention: str = "", clinic_id: UUID | None = None
) -> Panel:
    """The patients who share with this clinician's clinics, most pressing first; narrowed by name, attention and clinic."""
    raise NotImplementedError
