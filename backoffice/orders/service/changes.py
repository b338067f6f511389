"""Following the feed: floors above read what became known, each at its own pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Follower, OrderChange
from backoffice.orders.service.lock import no_writers


@dataclass(frozen=True, slots=True)
class Change:
    """Something became known of an order."""

    order_id: int
    kind: ChangeKind
    at: datetime


def take_changes(follower: str, limit: int) -> list[Change]:
    """The next changes for `follower`, at most `limit`, marked as taken in this transaction.

    The follower's row is locked: two processes never take the same change, and a rollback gives
    them back. None is skipped: ids become visible out of order while batches run, so only those
    are taken that were there at a moment when none ran. Call it first in a transaction, before
    rows of orders are locked that a batch may wait for.
    """
    Follower.objects.get_or_create(name=follower)
    mark = Follower.objects.select_for_update(skip_locked=True).filter(name=follower).first()
    if mark is None:  # another process is at it
        return []
    new = OrderChange.objects.filter(id__gt=mark.change_id).order_by("id")
    if not new.exists():  # the usual case, in which the feed is not disturbed
        return []
    with no_writers():
        last = OrderChange.objects.aggregate(last=Max("id"))["last"]
    rows = new.filter(id__lte=last)[:limit].values_list("id", "order_id", "kind", "at")
    taken = list(rows)
    mark.change_id = taken[-1][0]
    mark.save(update_fields=["change_id"])
    return [Change(order_id, ChangeKind(kind), at) for _, order_id, kind, at in taken]
