"""Pages of records that nobody edits by hand: lists that cost the same at any size, and details."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from backoffice.common.errors import Invalid
from backoffice.common.keyset import keyset_page

M = TypeVar("M", bound=Model)
AFTER = "after"


class RecordList(ChangeList):
    """A changelist paged by key: no counting, no offset (docs/decisions/0007-keyset-paging.md)."""

    model_admin: RecordAdmin[Any]
    next_page = ""
    keyset_paged = True

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.after = request.GET.get(AFTER)
        super().__init__(request, *args, **kwargs)

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Without the cursor, which is no filter."""
        found = super().get_filters_params(params)
        found.pop(AFTER, None)
        return found

    def get_query_string(
        self, new_params: dict[str, Any] | None = None, remove: Iterable[str] | None = None
    ) -> str:
        """A link that changes a filter starts at the first page."""
        return super().get_query_string(new_params, [*(remove or []), AFTER])

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[str | Combinable]:
        """Always the key's order: any other would need the whole table."""
        return list(self.model_admin.keyset)

    def get_results(self, request: HttpRequest) -> None:
        """The page that begins after the cursor, and the link to the next."""
        keyset = self.model_admin.keyset
        try:
            page = keyset_page(self.queryset, keyset, self.after, self.list_per_page)
        except (Invalid, OverflowError) as exc:  # a cursor, or a filter by no id there can be
            raise IncorrectLookupParameters from exc
        self.result_list = page.rows
        self.result_count = self.full_result_count = len(page.rows)
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = bool(page.rows)
        if page.next:
            kept = {**self.filter_params, AFTER: [page.next]}
            self.next_page = "?" + urlencode(kept, doseq=True)


class RecordAdmin(ModelAdmin[M], Generic[M]):
    """Records to read: nobody adds, changes or deletes them here, superusers included.

    `keyset` orders the list (newest first unless it says otherwise); an index must stand behind
    it. Filters should be of fields with choices: others ask the database for every value there is.
    """

    keyset: tuple[str, ...] = ("-id",)
    actions = None
    show_facets = ShowFacets.NEVER  # they count the whole table
    list_per_page = 50
    sortable_by = ()
    change_form_template = "admin/record.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Paged by key."""
        return RecordList

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Never."""
        return False
