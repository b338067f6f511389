"""How much waits for staff: numbers that cost the same at ten cases and at a million.

Each count stops one row above MOST ("1,000+") and walks a partial index of the open cases only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from backoffice.audit.queries import chain
from disputes.lifecycle import State
from disputes.models import Case

MOST = 1000
SOON = timedelta(hours=24)
URGENT = 5
# The words of partial indexes' conditions: a filter that omits them is answered by a full scan.
OPEN = Q(due_at__isnull=False)
SWEPT = OPEN & Q(sweep_error="")
TO_DECIDE = OPEN & Q(state=State.UNDER_REVIEW.value)
SET_ASIDE = ~Q(sweep_error="")
# Where the reconciliation sweep notes what it found (disputes/reconciliation.py).
RECONCILIATION = ("reconciliation", "cases")


def free(now: datetime) -> Q:
    """Cases that nobody has now: a lock whose time is over counts no more."""
    return Q(assignee=None) | Q(assigned_until=None) | Q(assigned_until__lt=now)


def late(now: datetime) -> Q:
    """Cases past their time: not swept yet, or in staff's hands and reminded of.

    What the sweep set aside is counted as that.
    """
    return SWEPT & Q(expected_by__lt=now)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of rows, exact up to MOST."""

    rows: int

    def __str__(self) -> str:
        return f"{MOST:,}+" if self.rows > MOST else f"{self.rows:,}"


@dataclass(frozen=True, slots=True)
class Workload:
    """What the staff's home says about cases."""

    to_decide: Count
    late: Count
    soon: Count
    mine: Count
    set_aside: Count
    oldest_wait: datetime | None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """When loose ends were last looked for, and those found, by kind."""

    at: datetime
    found: dict[str, list[str]]


def workload(user_id: int, now: datetime) -> Workload:
    """The counts for the home page of the staff member `user_id`."""
    deciding = Case.objects.filter(TO_DECIDE)
    oldest = deciding.order_by("waiting_since").values_list("waiting_since", flat=True)
    return Workload(
        to_decide=count(deciding),
        late=count(Case.objects.filter(late(now))),
        soon=count(deciding.filter(expected_by__range=(now, now + SOON))),
        mine=count(Case.objects.filter(OPEN, assignee_id=user_id, assigned_until__gte=now)),
        set_aside=set_aside_count(),
        oldest_wait=oldest.first(),
    )


def set_aside_count() -> Count:
    """How many cases the sweep set aside."""
    return count(Case.objects.filter(SET_ASIDE))


def most_urgent(limit: int = URGENT) -> list[Case]:
    """The cases that staff have to decide first."""
    rows = Case.objects.filter(TO_DECIDE, sweep_error="").order_by("expected_by", "id")
    return list(rows.select_related("seller", "assignee", "order")[:limit])


def last_reconciliation() -> Reconciled | None:
    """What the last reconciliation found; None if there has been none."""
    event = chain(*RECONCILIATION).order_by("-seq").first()
    return Reconciled(event.at, event.data["found"]) if event else None


def count(rows: QuerySet[Case]) -> Count:
    """The number of `rows`, looking at no more than it takes to say "1,000+"."""
    return Count(rows.order_by()[: MOST + 1].count())
