"""Users and API clients for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.models import Group

from backoffice.accounts.enums import Role, Scope
from backoffice.accounts.models import ApiClient, User
from backoffice.accounts.service import create_client

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def make_client(
    *scopes: Scope, name: str = "market", seller_ref: str = ""
) -> tuple[ApiClient, str]:
    """A client with `scopes` (all of them by default) and its Authorization header."""
    client, key_text = create_client(name, scopes or tuple(Scope), NOW, seller_ref)
    return client, f"Bearer {key_text}"


def make_staff(role: Role, email: str = "staff@example.org", **fields: str) -> User:
    """A staff member in `role`, with the password `secret`."""
    user = User.objects.create_user(email, "secret", is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=role))
    return user
