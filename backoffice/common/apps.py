"""The ground: money, actors, errors, bulk writing, API plumbing, the admin site."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "backoffice.common"
    label = "common"

    def ready(self) -> None:
        from backoffice.common import checks  # noqa: F401  registers the deployment checks
