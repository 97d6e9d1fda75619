"""How sign-in behaves and speaks where it differs from allauth's own way."""

import logging
import smtplib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Plain sentences, and no stumbling over a button tapped twice."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask your clinic if you think that is wrong."),
        "duplicate_email": _("You already use this address."),
        "email_password_mismatch": _("This email address and password do not go together. Check both and try again."),
        "enter_current_password": _("This is not your current password. Try again."),
        "incorrect_code": _("This is not the code we sent. Check the newest email and try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_or_expired_key": _("This link has run out. Ask for a new one."),
        "invalid_password_reset": _("This link has run out. Ask for a new one."),
        "rate_limited": _("That was a bit fast. Wait a minute and try again."),
        "same_as_current": _("This is the address you already use. Fill in another one."),
        "too_many_login_attempts": _("Too many tries for now. Wait a few minutes and try again."),
    }

    def save_user(self, request, user, form, commit=True):
        """A second tap on the button meets the first one's account and goes where the first one went."""
        try:
            with transaction.atomic():
                return super().save_user(request, user, form, commit)
        except IntegrityError as error:
            raise ImmediateHttpResponse(self.respond_email_verification_sent(request, user)) from error

    def send_mail(self, template_prefix, email, context):
        """Mail leaves inside the request here: without a mail server people are told to ask again, whoever they are."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException) as problem:
            log.error("account mail not sent: %s", type(problem).__name__)
            messages.error(self.request, render_to_string("accounts/messages/mail_not_sent.txt").strip())

    def is_login_by_code_required(self, login):
        """A patient who comes with a password on a device we do not know; whoever has a second factor uses that."""
        if not settings.SECOND_STEP or not login.user.is_patient or is_mfa_enabled(login.user):
            return False
        records = get_authentication_records(self.request, login.user)
        return bool(records) and records[-1]["method"] == "password"

    def get_password_change_redirect_url(self, request):
        return reverse("account_email")
