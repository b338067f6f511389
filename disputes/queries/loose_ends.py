"""What must never be: looked for, so that it is known to be nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Transfer
from backoffice.orders.enums import RemedyKind
from backoffice.orders.models import Order, Remedy
from backoffice.rulebook.queries import book
from disputes.lifecycle import OFFER_STATES, OPEN_STATES, RETURN_STATES
from disputes.models import Case, Offer, Return
from disputes.queries.known import ruling_reason

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
    offers = Offer.objects.filter(answer="").exclude(case__state__in=OFFER_STATES)
    returns = Return.objects.filter(ended_at=None).exclude(case__state__in=RETURN_STATES)
    return {
        "open cases with no next step": _first(no_step, "public_id", most),
        "cases overdue: the sweep is not running": _first(overdue, "public_id", most),
        "holds with no open case": _first(holds, "key", most),
        "open remedies with no open case": _first(remedies, "owner", most),
        "open offers that no case waits for": _first(offers, "case__public_id", most),
        "open returns that no case waits for": _first(returns, "case__public_id", most),
        "orders set aside by the delivery watch": _first(unwatched, "external_id", most),
        "orders paid back more than may be claimed": list(islice(_overpaid(), most)),
    }


def _overpaid() -> Iterator[str]:
    """Orders whose cases' refunds, with the marketplace's own, exceed the order's *Claim limit*.

    The cases' refunds are what the ledger posted (disputes/reconciliation.py compares them). One
    grouped statement finds what exceeds the order's value; the rulebook says which of it may.
    """
    paid = Case.objects.filter(refunded_minor__gt=0).values("order_id", "order__external_id")
    value = F("order__items_minor") + F("order__freight_minor")
    total = Sum("refunded_minor") + F("order__refunded_minor")
    beyond = paid.annotate(total=total, value=value).filter(total__gt=F("value"))
    rows = beyond.values_list("order_id", "order__external_id", "total", "value")
    for order_id, ref, back, worth in rows.iterator(2000):
        if back * 100 > worth * _claim_limit(order_id):
            yield ref


def _claim_limit(order_id: int) -> int:
    """The percent of an order's value that the most generous of its paid cases may come to."""
    cases = Case.objects.filter(order_id=order_id, refunded_minor__gt=0)
    return max(
        book(number)
        .evaluate("claim_limit", {"reason": ruling_reason(reason, sub_reason)})
        .number("max_percent")
        for number, reason, sub_reason in cases.values_list(
            "order__rulebook_number", "reason", "sub_reason"
        )
    )


def _first(rows: QuerySet[Any], column: str, most: int) -> list[str]:
    return [str(value) for value in rows.values_list(column, flat=True)[:most]]
