"""Keys that let a program act for a person."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from .choices import Role, Scope
from .fields import not_before


class ApiTokenQuerySet(models.QuerySet):
    """Reads about keys that still open something."""

    def active(self):
        """Neither ended nor of a closed account; of staff only with a second factor."""
        standing = self.filter(revoked_at__isnull=True, user__is_active=True)
        if not settings.SECOND_STEP:
            return standing
        factor = Authenticator.objects.filter(user=OuterRef("user"))
        return standing.filter(Q(user__role=Role.PATIENT) | Exists(factor))

    def of(self, user):
        return self.filter(user=user)


class ApiToken(models.Model):
    """One key of one person; only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80, blank=True)
    scopes = models.CharField(max_length=200, db_default=Scope.READ_PLANS.value)  # with blanks between
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(scopes=""), name="token_says_what_it_opens"),
            models.UniqueConstraint(fields=["digest"], name="one_api_token_per_secret"),
            not_before("last_used_at", "created_at", "token_is_used_after_it_was_made"),
            not_before("revoked_at", "created_at", "token_is_revoked_after_it_was_made"),
        ]

    def allows(self, scope: str) -> bool:
        """Whether a program with this key may do that."""
        return scope in self.scopes.split()

    @property
    def scope_names(self) -> list[str]:
        """What it lets a program do, in words."""
        return [Scope(scope).label for scope in self.scopes.split()]

    def __str__(self):
        return self.name or f"Token {self.pk}"
