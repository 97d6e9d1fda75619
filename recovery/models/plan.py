"""The exercise plan admins edit, and its versions that never change once published."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .append_only import AppendOnly, AppendOnlyError
from .fields import one_of


class Plan(models.Model):
    """A plan by name; its contents live in versions."""

    key = models.SlugField(unique=True, max_length=60)
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title


class PlanVersionQuerySet(models.QuerySet):
    """Reads of a plan's versions."""

    def published(self):
        return self.filter(status=PlanVersion.Status.PUBLISHED)

    def drafts(self):
        return self.filter(status=PlanVersion.Status.DRAFT)

    def newest(self, plan_key: str):
        """The version new episodes start on, or None."""
        return self.published().filter(plan__key=plan_key).order_by("-number").first()


class PlanVersionStatus(models.TextChoices):
    """Whether a version may still change; one that is being loaded is incoming until its rows are there."""

    INCOMING = "incoming"
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class PlanVersion(models.Model):
    """One edition of a plan: a draft that may change, then a published version that may not."""

    Status = PlanVersionStatus

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    approval_note = models.CharField(max_length=200)
    loss_reason = models.TextField(blank=True)  # why it may lose an escalation that the version before it raises
    extras = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    review_asked_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_versions_are_numbered_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(status="draft"), name="one_draft_per_plan"),
            one_of("status", PlanVersionStatus, "plan_version_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(status__in=["incoming", "draft"], number__isnull=True, published_at__isnull=True)
                | (~Q(status__in=["incoming", "draft"]) & Q(number__isnull=False, published_at__isnull=False)),
                name="published_version_has_number_and_date",
            ),
        ]

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_in_review(self) -> bool:
        """Whether somebody is asked to look at this draft; the next change of it ends the review."""
        return self.is_draft and self.review_asked_at is not None

    def __str__(self):
        return f"{self.plan} · draft" if self.is_draft else f"{self.plan} · version {self.number}"


class PlanApproval(AppendOnly):
    """Somebody stands for a draft as it was when they looked; a changed draft is approved anew."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="approvals")
    digest = models.CharField(max_length=64)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=80)
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["approved_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "approved_by", "digest"], name="a_person_approves_a_draft_once"),
            models.CheckConstraint(condition=~Q(role=""), name="an_approver_says_in_which_role"),
        ]

    def __str__(self):
        return f"{self.approved_by}, {self.role}"


class DraftOnlyQuerySet(models.QuerySet):
    """Refuses bulk edits of rows that belong to a published version."""

    def _refuse_published(self):
        if self.filter(version__published_at__isnull=False).exists():
            raise AppendOnlyError("A published plan version never changes: edit a draft and publish it.")

    def update(self, **changes):
        self._refuse_published()
        return super().update(**changes)

    def delete(self):
        self._refuse_published()
        return super().delete()


class PlanPart(models.Model):
    """A row of one plan version; writable while the version is a draft."""

    objects = DraftOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def _refuse_published(self):
        if self.version.published_at is not None:
            raise AppendOnlyError("A published plan version never changes: edit a draft and publish it.")

    def save(self, *args, **options):
        self._refuse_published()
        super().save(*args, **options)

    def delete(self, *args, **options):
        self._refuse_published()
        return super().delete(*args, **options)


class Threshold(PlanPart):
    """A plan-wide number with its unit, source and allowed range."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="thresholds")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    value = models.FloatField()
    unit = models.CharField(max_length=40)
    source = models.CharField(max_length=60)
    lowest = models.FloatField()
    highest = models.FloatField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="a_threshold_is_set_once"),
            models.CheckConstraint(
                condition=Q(value__gte=models.F("lowest"), value__lte=models.F("highest")),
                name="threshold_is_within_its_range",
            ),
            models.CheckConstraint(condition=~Q(unit="") & ~Q(source=""), name="threshold_has_unit_and_source"),
        ]


class Phase(PlanPart):
    """A stage of the plan with entry and exit criteria."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=80)
    goal = models.TextField()
    allowed = models.JSONField(default=list)
    forbidden = models.JSONField(default=list)
    extras = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="a_phase_stands_once_in_a_version"),
            models.UniqueConstraint(fields=["version", "position"], name="phases_stand_in_order"),
            models.CheckConstraint(condition=~Q(title=""), name="phase_has_a_title"),
        ]

    def __str__(self):
        return self.title


class CriterionPurpose(models.TextChoices):
    """What a condition is for."""

    ENTRY = "entry"
    ADVANCE = "advance"
    HOLD = "hold"
    STEP_BACK = "step_back"


class Criterion(PlanPart):
    """One typed condition of a phase; each number in it has unit, source and allowed range.

    All conditions of one `way` must hold together; the ways of a purpose are alternatives.
    """

    Purpose = CriterionPurpose

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="criteria")
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="criteria")
    purpose = models.CharField(max_length=10, choices=Purpose)
    way = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField()
    condition = models.CharField(max_length=60)
    leads_to = models.CharField(max_length=40, blank=True)
    parameters = models.JSONField(default=dict)

    class Meta:
        ordering = ["phase", "purpose", "way", "position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["phase", "purpose", "way", "position"], name="criteria_stand_in_order"),
            one_of("purpose", CriterionPurpose, "criterion_has_a_known_purpose"),
        ]


class RunLevel(PlanPart):
    """A walk-run step inside return to running."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="run_levels")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=4)
    sets = models.JSONField(default=list)
    run_minutes = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="a_run_level_stands_once"),
            models.UniqueConstraint(fields=["version", "position"], name="run_levels_stand_in_order"),
            models.CheckConstraint(condition=Q(run_minutes__gte=1), name="a_run_level_has_running_in_it"),
        ]

    def __str__(self):
        return self.key
