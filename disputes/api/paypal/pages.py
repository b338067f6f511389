"""PayPal's pages: ten to a page if nothing is said, links to the first and the next."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from backoffice.common.api.pagination import SIZE_PARAM, KeysetPagination
from backoffice.common.errors import Invalid
from backoffice.common.keyset import TOKEN_PARAM, keyset_page
from disputes.models import Case

USUAL, MOST = 10, 50
# What PayPal's specification writes for "none": clients made from it send these words.
FIRST = "The first page of data"
# PayPal's tokens are of base64's own letters, ours of those for addresses.
TO_PAYPAL, TO_US = str.maketrans("-_", "+/"), str.maketrans("+/ ", "-_-")


class PayPalPages(KeysetPagination):
    """`items` and `links`. A list of nothing has no `items`: PayPal's schema wants one at least."""

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        """The rows of the page that `request` asks for. Raises Invalid."""
        self.request = request
        columns: tuple[str, ...] = getattr(view, "keyset")  # noqa: B009  views declare it
        token = request.query_params.get(TOKEN_PARAM)
        after = None if token in (None, FIRST) else token.translate(TO_US).rstrip("=")
        self.page = keyset_page(queryset, columns, after, _size(request))
        rows: list[Case] = self.page.rows
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        """`data` with links to this page, the first, and the next if there is one."""
        here = self.request.build_absolute_uri()
        links = [_link("self", here), _link("first", remove_query_param(here, TOKEN_PARAM))]
        if self.page.next:
            token = self.page.next.translate(TO_PAYPAL)
            links.append(_link("next", replace_query_param(here, TOKEN_PARAM, token)))
        return Response({"items": data, "links": links} if data else {"links": links})


def _link(rel: str, href: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "method": "GET"}


def _size(request: Request) -> int:
    """The `page_size` asked for. Raises Invalid unless it is 1 to MOST."""
    text = request.query_params.get(SIZE_PARAM, str(USUAL))
    if text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= MOST:
        return int(text)
    raise Invalid(
        f"page_size is a whole number from 1 to {MOST}.",
        code="invalid_page_size",
        field=SIZE_PARAM,
    )
