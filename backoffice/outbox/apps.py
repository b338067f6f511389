"""What others must be told: written by commit, delivered later."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "backoffice.outbox"
    label = "outbox"
