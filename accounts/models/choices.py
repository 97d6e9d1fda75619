"""The closed lists of values account columns may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is here for."""

    PATIENT = "patient", _("Patient")
    CLINICIAN = "clinician", _("Clinician")
    ADMIN = "admin", _("Admin")


class Theme(models.TextChoices):
    """Light or dark pages, or as the device says."""

    AUTO = "auto", _("Auto")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class MembershipRole(models.TextChoices):
    """What a member of a clinic may do there."""

    CLINICIAN = "clinician", _("Clinician")
    LEAD = "lead", _("Lead")


class Purpose(models.TextChoices):
    """What a patient can agree to."""

    SHARE_WITH_CLINIC = "share_with_clinic", _("Share my diary with the clinic")


class Scope(models.TextChoices):
    """What a key lets a program do; never more than its person may."""

    READ_CHECK_INS = "read_check_ins", _("read your diary and your plan")
    WRITE_CHECK_INS = "write_check_ins", _("check in and change reminders for you")
    READ_PATIENTS = "read_patients", _("read about your patients")
    ACT_FOR_PATIENTS = "act_for_patients", _("take and close notices, change a plan")
    READ_PLANS = "read_plans", _("read published plans and exercises")
    WRITE_PLANS = "write_plans", _("edit, try and publish plans")
