"""DRF's door to keyset paging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from backoffice.common.errors import Invalid
from backoffice.common.keyset import TOKEN_PARAM, Page, keyset_page

DEFAULT_SIZE = 20
MAX_SIZE = 100
SIZE_PARAM = "page_size"


class KeysetPagination(BasePagination):
    """Pages of a list view, which says its order: `keyset = ("-opened_at", "-id")`.

    The answer is `{"items": [...], "links": [{"rel": "next", ...}]}`, as PayPal's lists are.
    """

    page: Page[Any]
    request: Request

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        """The rows of the page that `request` asks for. Raises Invalid."""
        self.request = request
        columns: Sequence[str] = getattr(view, "keyset")  # noqa: B009  views declare it
        after = request.query_params.get(TOKEN_PARAM)
        self.page = keyset_page(queryset, columns, after, page_size(request))
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        """`data` with the link to what follows."""
        links = []
        if self.page.next:
            url = self.request.build_absolute_uri()
            href = replace_query_param(url, TOKEN_PARAM, self.page.next)
            links.append({"rel": "next", "href": href, "method": "GET"})
        return Response({"items": data, "links": links})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """OpenAPI: the answer's shape."""
        text = {"type": "string"}
        parts = {"rel": text, "href": text, "method": text}
        link = {"type": "object", "required": list(parts), "properties": parts}
        links = {"type": "array", "items": link, "example": []}
        return {
            "type": "object",
            "required": ["items", "links"],
            "properties": {"items": schema, "links": links},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """OpenAPI: the query parameters."""
        size = {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE}
        return [
            {"name": SIZE_PARAM, "in": "query", "schema": size, "description": "Rows in a page."},
            {
                "name": TOKEN_PARAM,
                "in": "query",
                "schema": {"type": "string"},
                "description": "Where the page starts; from the `next` link of the page before.",
            },
        ]


def page_size(request: Request) -> int:
    """The `page_size` asked for. Raises Invalid unless it is 1 to 100."""
    text = request.query_params.get(SIZE_PARAM, str(DEFAULT_SIZE))
    if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MAX_SIZE:
        return int(text)
    raise Invalid(
        f"page_size is a whole number from 1 to {MAX_SIZE}.",
        code="invalid_page_size",
        field=SIZE_PARAM,
    )
