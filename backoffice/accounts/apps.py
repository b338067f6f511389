"""Users, roles, sellers' logins, API clients."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "backoffice.accounts"
    label = "accounts"
