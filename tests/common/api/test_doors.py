"""What holds for every address under /api/v1/ and /v1/, found by walking them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from backoffice.accounts.api.permissions import HasScope, scopes_of
from backoffice.common.api.views import ApiView
from disputes.api.paypal.base import Elsewhere
from disputes.api.paypal.token import TokenView

# What the API is, for everybody to read; what it is not; and where one comes without a token yet.
OPEN = (SpectacularAPIView, SpectacularSwaggerView, Elsewhere, TokenView)


def views(resolver: URLResolver, path: str = "") -> Iterator[tuple[str, type]]:
    for entry in resolver.url_patterns:
        where = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views(entry, where)
        elif isinstance(entry, URLPattern) and where.startswith(("api/", "v1/")):
            yield where, getattr(entry.callback, "cls", None) or entry.callback.view_class


DOORS = [
    pytest.param(view, id=path)
    for path, view in views(get_resolver())
    if not issubclass(view, OPEN)
]


@pytest.mark.parametrize("view", DOORS)
def test_every_view_is_one_of_ours_and_names_a_scope_for_each_method(view: type) -> None:
    assert issubclass(view, ApiView)
    assert view.permission_classes == [HasScope]
    methods = set(view().allowed_methods) - {"OPTIONS", "HEAD"}
    assert methods == {method for method in methods if scopes_of(view(), method)}
