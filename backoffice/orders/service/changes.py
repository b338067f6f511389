"""Following the feed: floors above read what became known, each at its own pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Follower, OrderChange

# Rows of a transaction still running may yet become visible below these; they are left for later.
SETTLED = "xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


@dataclass(frozen=True, slots=True)
class Change:
    """Something became known of an order."""

    order_id: int
    kind: ChangeKind
    at: datetime


def take_changes(follower: str, limit: int) -> list[Change]:
    """The next changes for `follower`, at most `limit`, marked as taken in this transaction.

    The follower's row is locked: two processes never take the same change, and a rollback gives
    them back. None is skipped: a row is only taken when every earlier transaction has ended.
    """
    Follower.objects.get_or_create(name=follower)
    mark = Follower.objects.select_for_update().get(name=follower)
    rows = OrderChange.objects.order_by("xid", "id").extra(  # noqa: S610  constants only
        where=["(xid, id) > (%s, %s)"], params=[mark.xid, mark.change_id]
    )
    if connection.vendor == "postgresql":
        rows = rows.extra(where=[SETTLED])  # noqa: S610
    found = list(rows[:limit].values_list("order_id", "kind", "at", "xid", "id"))
    if found:
        mark.xid, mark.change_id = found[-1][3], found[-1][4]
        mark.save(update_fields=["xid", "change_id"])
    return [Change(order_id, ChangeKind(kind), at) for order_id, kind, at, _, _ in found]
