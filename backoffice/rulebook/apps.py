"""Versioned decision tables: facts in, ruling and trace out."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "backoffice.rulebook"
    label = "rulebook"
