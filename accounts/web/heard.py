"""A line in the log for each sign-in, each refused one and each change of a factor: by id, no address and no name."""

import logging

from allauth.account.signals import email_changed, login_code_rejected, password_changed, password_reset
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_used
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

log = logging.getLogger(__name__)


def note(what: str, user, **more) -> None:
    """One line; the person stands in it by id alone."""
    log.info(what, extra={"person": str(user.pk) if user is not None else None, **more})


@receiver(user_logged_in)
def signed_in(sender, user, **_):
    note("signed in", user, role=user.role)


@receiver(user_logged_out)
def signed_out(sender, user, **_):
    note("signed out", user)


@receiver(user_login_failed)
def refused(sender, **_):
    note("sign-in refused", None)


@receiver([authentication_failed, login_code_rejected])
def code_refused(sender, user=None, **_):
    note("code refused", user)


@receiver(email_changed)
def new_address(sender, user, **_):
    note("address changed", user)


@receiver([password_changed, password_reset])
def new_password(sender, user, **_):
    note("password changed", user)


@receiver(authenticator_used)
def factor_used(sender, user, authenticator, **_):
    note("factor used", user, factor=authenticator.type)


@receiver(authenticator_added)
def factor_added(sender, user, authenticator, **_):
    note("factor added", user, factor=authenticator.type)


@receiver(authenticator_removed)
def factor_removed(sender, user, authenticator, **_):
    note("factor removed", user, factor=authenticator.type)
