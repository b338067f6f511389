"""Which clocks a pause has still to stop."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from backoffice.orders.models import Shipment
from disputes.lifecycle import PAUSED_STATES
from disputes.models import Case, Pause, PausedWait, Return

# So long after its end a pause is still looked for in cases: far longer than any sweep is late.
LOOKED_FOR = timedelta(days=1)


def current_pauses(now: datetime) -> QuerySet[Pause]:
    """The pauses that may still have to stop a clock."""
    return Pause.objects.filter(ends_at__gt=now - LOOKED_FOR).order_by("id")


def to_pause(pause: Pause) -> QuerySet[Case]:
    """The waiting cases whose clock `pause` stops and has not stopped yet."""
    done = PausedWait.objects.filter(
        pause=pause, case=OuterRef("pk"), since=OuterRef("waiting_since")
    )
    rows = Case.objects.filter(
        ~Exists(done),
        state__in=sorted(PAUSED_STATES),
        due_at__gt=pause.starts_at,
        waiting_since__lt=pause.ends_at,
        sweep_error="",
    )
    return rows.filter(_carried_by(pause.carrier)) if pause.carrier else rows


def _carried_by(carrier: str) -> Q:
    parcels = Shipment.objects.filter(order=OuterRef("order"), carrier__iexact=carrier)
    returns = Return.objects.filter(case=OuterRef("pk"), ended_at=None, carrier__iexact=carrier)
    return Q(Exists(parcels)) | Q(Exists(returns))


def meeting(starts_at: datetime, ends_at: datetime, carrier: str) -> QuerySet[Pause]:
    """The pauses that would stop some clock twice if this one were declared, too."""
    rows = Pause.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    return rows.filter(Q(carrier="") | Q(carrier__iexact=carrier)) if carrier else rows
