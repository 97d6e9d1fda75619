from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """Plans, episodes, check-ins, decisions, escalations and the messages about them."""

    name = "recovery"
    verbose_name = "Recovery"
    default_auto_field = "django.db.models.BigAutoField"
