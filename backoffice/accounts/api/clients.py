"""The API client behind a request, for views that HasScope has let through."""

from __future__ import annotations

from rest_framework.request import Request

from backoffice.accounts.models import ApiClient


def client_of(request: Request) -> ApiClient:
    """The client whose key the request carries."""
    client = request.auth
    assert isinstance(client, ApiClient), "HasScope lets nobody else in"
    return client
