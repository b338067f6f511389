"""Append-only, hash-chained events."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "backoffice.audit"
    label = "audit"
    verbose_name = _("History")

    def ready(self) -> None:
        # What the apps above tell the audit: their actions, and what must add up.
        autodiscover_modules("actions", "reconciliation")
