"""Which clocks a pause has still to stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from backoffice.common.bulk import among
from backoffice.orders.models import Shipment
from disputes.lifecycle import PAUSED_STATES
from disputes.models import Case, Pause, PausedWait, Return
from disputes.queries.known import Snapshot

# So long after its end a pause is still looked for in cases: far longer than any sweep is late.
LOOKED_FOR = timedelta(days=1)
Stretch = tuple[datetime, datetime]
SHOWN = 50


def current_pauses(now: datetime, since: datetime | None = None) -> QuerySet[Pause]:
    """The pauses that may still have to stop a clock; and those that one running `since` missed."""
    return Pause.objects.filter(ends_at__gt=(since or now) - LOOKED_FOR).order_by("id")


def declared() -> list[Pause]:
    """The latest SHOWN pauses, with how many deadlines each moved (`waiting`); one statement."""
    return list(Pause.objects.annotate(waiting=Count("waits")).order_by("-starts_at")[:SHOWN])


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


def stopped_already(cases: Sequence[Snapshot]) -> dict[int, tuple[Stretch, ...]]:
    """When pauses stopped the present clock of each case, by the case's id; one statement."""
    since = {case.id: case.now.waiting_since for case in cases}
    found: defaultdict[int, tuple[Stretch, ...]] = defaultdict(tuple)
    rows = PausedWait.objects.filter(case_id__in=among(list(since)))
    columns = rows.values_list("case_id", "since", "pause__starts_at", "pause__ends_at")
    for case_id, began, starts_at, ends_at in columns if cases else ():
        if began == since[case_id]:
            found[case_id] += ((starts_at, ends_at),)
    return found


def apart(whole: Stretch, taken: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left of `whole` outside of the stretches `taken`, in order."""
    begins, ends = whole
    for start, end in sorted(taken):
        if begins < min(start, ends):
            yield begins, min(start, ends)
        begins = max(begins, end)
    if begins < ends:
        yield begins, ends


def _carried_by(carrier: str) -> Q:
    parcels = Shipment.objects.filter(order=OuterRef("order"), carrier__iexact=carrier)
    # Of a replacement: not by the carrier of what was sent before that was complained of.
    since = Q(handed_over_at=None) | Q(handed_over_at__gt=OuterRef("complained_at"))
    returns = Return.objects.filter(case=OuterRef("pk"), ended_at=None, carrier__iexact=carrier)
    first = Q(replaced_at=None) & Q(Exists(parcels))
    return first | Q(Exists(parcels.filter(since))) | Q(Exists(returns))


def meeting(starts_at: datetime, ends_at: datetime, carrier: str) -> QuerySet[Pause]:
    """The pauses that would stop some clock twice if this one were declared, too."""
    rows = Pause.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    return rows.filter(Q(carrier="") | Q(carrier__iexact=carrier)) if carrier else rows
