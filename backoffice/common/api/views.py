"""What every API view is."""

from rest_framework.pagination import BasePagination

from backoffice.common.api.idempotency import IdempotentMixin
from backoffice.common.api.pagination import KeysetPagination


class ApiView(IdempotentMixin):
    """A view of the API: POSTs are idempotent, lists are keyset-paged.

    A subclass declares `scopes = {"GET": Scope.X}` (without it everybody is refused) and, when it
    lists rows, `keyset = ("-opened_at", "-id")`.
    """

    keyset: tuple[str, ...] = ()
    pagination_class: type[BasePagination] | None = KeysetPagination
