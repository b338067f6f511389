"""Append-only, hash-chained events."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "backoffice.audit"
    label = "audit"

    def ready(self) -> None:
        # What the apps above tell the audit: their actions, and what must add up.
        autodiscover_modules("actions", "reconciliation")
