"""A person who signs in: patient, clinician or admin."""

import uuid
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .choices import MembershipRole, Purpose, Role, Theme
from .fields import LowercaseEmailField, one_of, validate_time_zone


class UserQuerySet(models.QuerySet):
    """Reads that start from a clinic and follow consent."""

    def patients_of(self, clinic):
        """Patients who share their diary with this clinic now."""
        return self.filter(
            consents__clinic=clinic,
            consents__purpose=Purpose.SHARE_WITH_CLINIC,
            consents__withdrawn_at__isnull=True,
        )

    def staff_of(self, clinic):
        """People who work at this clinic now."""
        return self.filter(memberships__clinic=clinic, memberships__left_at__isnull=True)

    def on_duty_at(self, clinic):
        """People at this clinic who answer for it now."""
        return self.filter(memberships__clinic=clinic, memberships__left_at__isnull=True, memberships__on_duty=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes people; a person made without a password can only sign in by other means."""

    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(
            email, password, **{"role": Role.ADMIN, "is_staff": True, "is_superuser": True, **fields}
        )

    def get_by_natural_key(self, email):
        return self.get(email=email)


class User(AbstractBaseUser, PermissionsMixin):
    """One person, known by one e-mail address, with exactly one role."""

    Role = Role
    Theme = Theme

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = LowercaseEmailField(_("email address"))
    display_name = models.CharField(_("name"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PATIENT)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    language = models.CharField(_("language"), max_length=12, default="en")
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme, default=Theme.AUTO)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the staff tables"), default=False)
    joined_at = models.DateTimeField(_("joined"), db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["email"], name="one_account_per_email"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_lower_case"),
            models.CheckConstraint(condition=~Q(email=""), name="account_has_an_email"),
            models.CheckConstraint(condition=~Q(time_zone=""), name="account_has_a_time_zone"),
            models.CheckConstraint(
                condition=Q(role="admin") | Q(is_staff=False, is_superuser=False),
                name="only_admins_are_staff",
            ),
            one_of("role", Role, "account_has_a_known_role"),
            one_of("theme", Theme, "account_has_a_known_theme"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """What we call this person: the name they gave, else the part of the address before the @."""
        return self.display_name or self.email.partition("@")[0]

    def get_full_name(self):
        return self.name

    get_short_name = get_full_name

    @property
    def is_patient(self) -> bool:
        return self.role == self.Role.PATIENT

    @property
    def is_clinician(self) -> bool:
        return self.role == self.Role.CLINICIAN

    @property
    def is_admin(self) -> bool:
        return self.role == self.Role.ADMIN

    @cached_property
    def leads_a_clinic(self) -> bool:
        """Whether this person answers for a clinic's staff now."""
        return self.is_clinician and self.memberships.active().filter(role=MembershipRole.LEAD).exists()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone this person lives in."""
        return ZoneInfo(self.time_zone)
