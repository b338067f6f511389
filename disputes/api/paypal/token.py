"""`POST /v1/oauth2/token`, for clients that ask for a token first, as PayPal's own libraries do.

What they get is the key they sent: it is the bearer token already, and nothing new is made of it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import IO, Any, cast
from urllib.parse import unquote_plus

from django.http import QueryDict
from django.utils import timezone
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.accounts.service import client_of
from disputes.api.paypal.base import PayPalView

GRANT = "client_credentials"
RENEWED_AFTER = 3600  # seconds; a key that was replaced or revoked is found out by then


class UrlEncodedParser(BaseParser):
    """What a page's form sends."""

    media_type = "application/x-www-form-urlencoded"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> QueryDict:
        """The form's fields."""
        request: Request = (parser_context or {})["request"]
        return QueryDict(request._request.body)  # `.body` holds DATA_UPLOAD_MAX_MEMORY_SIZE


class TokenView(PayPalView):
    """RFC 6749, section 4.4: `client_id` is the key up to its second `_`, the secret is the key."""

    authentication_classes = []
    permission_classes = []
    parser_classes = [UrlEncodedParser]
    idempotency_headers = ()  # the answer must be kept nowhere

    def post(self, request: Request) -> Response:
        """The token, or a refusal as RFC 6749 shapes it."""
        form = cast(QueryDict, request.data)
        if form.get("grant_type") != GRANT:
            return refused(400, "unsupported_grant_type", f"grant_type is {GRANT}.")
        client_id, key = credentials(request, form)
        client = client_of(key, timezone.now()) if key.startswith(f"{client_id}_") else None
        if client is None or client_id.count("_") != 1:
            return refused(401, "invalid_client", "Client Authentication failed")
        token = {"access_token": key, "token_type": "Bearer", "expires_in": RENEWED_AFTER}
        return told(200, {"scope": " ".join(client.scopes), **token})


def credentials(request: Request, form: QueryDict) -> tuple[str, str]:
    """Id and secret of HTTP Basic, or else of the form."""
    kind, _, coded = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return str(form.get("client_id", "")), str(form.get("client_secret", ""))
    try:
        text = base64.b64decode(coded, validate=True).decode()
    except (binascii.Error, ValueError):
        return "", ""
    client_id, _, key = text.partition(":")
    return unquote_plus(client_id), unquote_plus(key)


def refused(status: int, error: str, why: str) -> Response:
    """RFC 6749, section 5.2."""
    answer = told(status, {"error": error, "error_description": why})
    if status == 401:
        answer["WWW-Authenticate"] = 'Basic realm="redress"'
    return answer


def told(status: int, body: dict[str, Any]) -> Response:
    """An answer that nobody may keep."""
    return Response(body, status, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})
