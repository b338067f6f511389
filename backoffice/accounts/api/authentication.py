"""Who calls the API: a key in the Authorization header, found by its prefix, proven by its hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from backoffice.accounts import service
from backoffice.accounts.models import ApiClient

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema

KEYWORD = "Bearer"


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer rk_<prefix>_<secret>`. `request.auth` is the ApiClient.

    There is no user.
    A refusal says neither whether the key exists nor why it is no good.
    """

    def authenticate(self, request: Request) -> tuple[None, ApiClient] | None:
        """The client of the request's key; None without the header. Raises a 401."""
        header = request.headers.get("Authorization")
        if header is None:
            return None
        keyword, _, key_text = header.partition(" ")
        if keyword.lower() != KEYWORD.lower():
            raise AuthenticationFailed(f"Send the key as 'Authorization: {KEYWORD} rk_...'.")
        client = service.client_of(key_text.strip(), timezone.now())
        if client is None:
            raise AuthenticationFailed("The API key is wrong, has ended or was revoked.")
        return None, client

    def authenticate_header(self, request: Request) -> str:
        """What a 401 tells in WWW-Authenticate."""
        return f'{KEYWORD} realm="redress"'


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How OpenAPI describes the key."""

    target_class = ApiKeyAuthentication
    name = "apiKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A bearer token, opaque."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A key made by `manage.py create_api_client`: `rk_<prefix>_<secret>`.",
        }
