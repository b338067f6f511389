"""Cases that are like one: for one ruling on all of them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from disputes.lifecycle import State
from disputes.models import Case
from disputes.queries.counts import SWEPT, free

MOST = 200


def alike(case: Case, user_id: int, now: datetime) -> QuerySet[Case]:
    """Cases under review of the same seller, for the same reason; those colleagues have left out.

    `case` is among them, if it is under review itself.
    """
    rows = Case.objects.filter(
        SWEPT,
        state=State.UNDER_REVIEW,
        seller_id=case.seller_id,
        reason=case.reason,
        sub_reason=case.sub_reason,
        currency=case.currency,
    )
    mine = rows.filter(free(now)) | rows.filter(assignee_id=user_id)
    return mine.select_related("order", "buyer", "seller").order_by("due_at", "id")[:MOST]
