"""What an API client may do: views declare scopes, and a view that declares none is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from backoffice.accounts.enums import Scope
from backoffice.accounts.models import ApiClient
from backoffice.common.errors import Forbidden

if TYPE_CHECKING:
    # DRF's views import the default permissions, this one: at run time it would be a circle.
    from rest_framework.views import APIView


class HasScope(BasePermission):
    """The client holds the scope that the view's `scopes` names for the method.

    `scopes = {"GET": Scope.DISPUTES_READ, "POST": (Scope.DISPUTES_BUYER, Scope.DISPUTES_SELLER)}`:
    of several scopes one is enough. HEAD asks as GET does. A method without an entry is refused.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """True, or raises a 401 or a 403 that names the missing scope."""
        client = request.auth
        if not isinstance(client, ApiClient):
            raise NotAuthenticated("Send an API key as 'Authorization: Bearer rk_...'.")
        if request.method not in view.allowed_methods:
            return True  # to the 405 that says which methods there are
        wanted = scopes_of(view, request.method or "")
        if any(map(client.may, wanted)):
            return True
        names = [str(scope) for scope in wanted]
        raise Forbidden(
            f"This needs the scope {' or '.join(names)}, which the API client does not have."
            if names
            else "This is open to no API client.",
            code="missing_scope",
            extra={"scopes": names},
        )


def scopes_of(view: APIView, method: str) -> tuple[Scope, ...]:
    """The scopes of which one is needed for `method`; none means that it is closed."""
    declared: Mapping[str, Scope | tuple[Scope, ...]] = getattr(view, "scopes", {})
    wanted = declared.get("GET" if method in ("HEAD", "OPTIONS") else method, ())
    return (wanted,) if isinstance(wanted, Scope) else wanted
