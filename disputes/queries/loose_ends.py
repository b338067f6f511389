"""What must never be: looked for, so that it is known to be nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Transfer
from backoffice.orders.enums import RemedyKind
from backoffice.orders.models import Order, Remedy
from disputes.lifecycle import OPEN_STATES
from disputes.models import Case

OPEN_CASE = Case.objects.filter(state__in=OPEN_STATES)
LATE = timedelta(hours=1)  # far more than any sweep's tick: the sweep is not running


def loose_ends(now: datetime | None, most: int = 20) -> dict[str, list[str]]:
    """What dangles, by kind, at most `most` each: all lists are empty in a healthy system.

    Without `now`, lateness is not looked at.
    """
    late = Q(due_at__lt=now - LATE) if now else Q(pk=None)
    overdue = OPEN_CASE.filter(late, sweep_error="")
    no_step = OPEN_CASE.filter(Q(due_at=None) | ~Q(sweep_error=""))
    holds = Transfer.objects.filter(state=TransferState.PENDING).exclude(
        Exists(OPEN_CASE.filter(public_id=OuterRef("subject")))
    )
    remedies = Remedy.objects.filter(closed_at=None, kind=RemedyKind.DISPUTE).exclude(
        Exists(OPEN_CASE.filter(public_id=OuterRef("owner")))
    )
    unwatched = Order.objects.exclude(watch_error="")
    return {
        "open cases with no next step": _first(no_step, "public_id", most),
        "cases overdue: the sweep is not running": _first(overdue, "public_id", most),
        "holds with no open case": _first(holds, "key", most),
        "open remedies with no open case": _first(remedies, "owner", most),
        "orders set aside by the delivery watch": _first(unwatched, "external_id", most),
    }


def _first(rows: QuerySet[Any], column: str, most: int) -> list[str]:
    return [str(value) for value in rows.values_list(column, flat=True)[:most]]
