"""How long a sign-in lasts: weeks on a runner's phone, a working day for staff."""

from datetime import timedelta

from allauth.account.forms import LoginForm

STAFF_SESSION = timedelta(hours=12)


def limit_session(request) -> None:
    """Whoever reads other people's answers signs in again every working day."""
    if request.user.is_authenticated and not request.user.is_patient:
        request.session.set_expiry(STAFF_SESSION)


class SignInForm(LoginForm):
    """Sign-in by e-mail and password; allauth remembers everybody alike, we do not."""

    def login(self, request, redirect_url=None):
        answer = super().login(request, redirect_url)
        limit_session(request)
        return answer
