"""Cases: from a claim to its decision."""

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "disputes"

    def ready(self) -> None:
        from disputes import actions, reconciliation  # noqa: F401  they register with the audit
