"""Signing in and up: how long it lasts, and that its time tells nobody whether an account exists."""

from datetime import timedelta

from allauth.account.forms import LoginForm, SignupForm

from ..models import User

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


class SignUpForm(SignupForm):
    """Sign-up; an address that has an account already is answered alike, and no sooner."""

    def try_save(self, request):
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # a new account's password is hashed too
        return super().try_save(request)
