"""Which plan a patient begins with: the one their clinic invited them to, else the default one."""

from accounts.models import Consent, Invitation
from recovery.content.plans import DEFAULT
from recovery.models import Plan, PlanVersion


def offered() -> list[Plan]:
    """The plans people can begin with, the default one first."""
    published = PlanVersion.objects.published().values("plan")
    return sorted(Plan.objects.filter(pk__in=published), key=lambda plan: (plan.key != DEFAULT, plan.title))


def plan_of_the_clinic(patient) -> Plan | None:
    """The plan a clinic chose for this patient, when it is another than the default one."""
    key = chosen_for(patient)
    return None if key == DEFAULT else Plan.objects.get(key=key)


def chosen_for(patient) -> str:
    """The key of the plan of the newest invitation this patient accepted from a clinic they still share with."""
    sharing = Consent.objects.active().of(patient).values("clinic")
    accepted = Invitation.objects.filter(accepted_by=patient, clinic__in=sharing).order_by(
        "-accepted_at", "-created_at"
    )
    key = accepted.values_list("plan_key", flat=True).first()
    return key if key and PlanVersion.objects.newest(key) else DEFAULT
