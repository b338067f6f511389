"""Versioned decision tables: facts in, ruling and trace out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    name = "backoffice.rulebook"
    label = "rulebook"
    verbose_name = _("Rulebook")
