from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, their roles, clinics, and who agreed to share what with whom."""

    name = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .web import heard  # noqa: F401 - it listens
        from .web.limits import count_in_the_database

        count_in_the_database()
