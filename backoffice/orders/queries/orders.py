"""Reading orders."""

from __future__ import annotations

from collections.abc import Iterable

from backoffice.orders.models import Order


def flags_of(refs: Iterable[str]) -> dict[str, list[str]]:
    """Orders' flags by external id."""
    rows = Order.objects.filter(external_id__in=list(refs))
    return dict(rows.values_list("external_id", "flags"))
