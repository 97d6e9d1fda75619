"""Who may see whom; every page about a patient starts its query here."""

from .models import Clinic, Consent, User


def clinics_visible_to(user):
    """Clinics this person works in, or shares with as a patient; an admin sees all of them."""
    if user.is_admin:
        return Clinic.objects.all()
    if user.is_clinician:
        return Clinic.objects.of_staff(user)
    return Clinic.objects.chosen_by(user)


def patients_visible_to(user):
    """Patients whose diary this person may open: oneself, or those who share with a clinic one works in."""
    if user.is_patient:
        return User.objects.filter(pk=user.pk)
    return User.objects.filter(pk__in=Consent.objects.seen_by(user))


def note_shown(request, patients) -> None:
    """Says whose data an answer shows, by id: `accounts.web.audit` writes it down before the answer leaves."""
    request = getattr(request, "_request", request)  # the API wraps it
    request.patients_shown = shown_in(request) | frozenset(patients)


def shown_in(request) -> frozenset:
    """Whose data the answer to this request shows, as far as its door has said."""
    return getattr(request, "patients_shown", frozenset())
