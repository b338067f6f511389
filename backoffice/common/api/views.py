"""What every API view is."""

from __future__ import annotations

from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from backoffice.common.api.fields import StrictSerializer, refuse
from backoffice.common.api.idempotency import IdempotentMixin
from backoffice.common.api.pagination import SIZE_PARAM, KeysetPagination
from backoffice.common.errors import NotFound
from backoffice.common.keyset import TOKEN_PARAM


class ApiView(IdempotentMixin):
    """A view of the API: POSTs are idempotent, lists are keyset-paged, queries are checked.

    A subclass declares `scopes = {"GET": Scope.X}` (without it everybody is refused) and, when it
    lists rows, `keyset = ("-opened_at", "-id")`. What a GET takes in its query is `filters`, whose
    validated values stand in `self.query`. Any other parameter is refused.
    """

    keyset: tuple[str, ...] = ()
    filters: type[StrictSerializer] = StrictSerializer
    query: dict[str, Any]
    pagination_class: type[BasePagination] | None = KeysetPagination

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After authentication: read the query. Raises ValidationError naming the parameter."""
        super().initial(request, *args, **kwargs)
        if request.method not in self.allowed_methods:
            return  # to the 405 that says which methods there are
        if any("\0" in value for value in kwargs.values() if isinstance(value, str)):
            raise NotFound("There is no such thing here.")  # no id holds a NUL, and no column can
        for name, values in request.query_params.lists():
            if len(values) > 1:
                refuse(name, "It is there twice; which is meant?", "duplicate_key")
        listing = request.method in ("GET", "HEAD") and self.keyset
        paging = (SIZE_PARAM, TOKEN_PARAM) if listing else ()
        known = self.filters if request.method in ("GET", "HEAD") else StrictSerializer
        sent = {k: v for k, v in request.query_params.items() if k not in paging}
        wanted = known(data=sent)
        wanted.is_valid(raise_exception=True)
        self.query = dict(wanted.validated_data)
