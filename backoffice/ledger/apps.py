"""Accounts and transfers: the only place money moves."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "backoffice.ledger"
    label = "ledger"
