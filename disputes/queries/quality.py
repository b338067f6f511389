"""Decisions drawn for a second look: which wait, and how often the second agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from disputes.enums import QualityVerdict
from disputes.models import QualityCheck

PAGE = 50


@dataclass(frozen=True, slots=True)
class Rates:
    """Second looks in a period: how many agreed and disagreed, and how many still wait."""

    agreed: int
    disagreed: int
    waiting: int

    @property
    def agreement(self) -> float | None:
        """The share that agreed, from 0 to 1; None where nobody has looked yet."""
        looked = self.agreed + self.disagreed
        return self.agreed / looked if looked else None


def to_check(user_id: int) -> QuerySet[QualityCheck]:
    """What waits for a second look by this member of staff, the longest first: never his own."""
    rows = QualityCheck.objects.filter(verdict="")
    rows = rows.exclude(decided_by=str(user_id)).exclude(decision__approved_by=str(user_id))
    related = ("decision__case__order", "decision__case__buyer", "decision__case__seller")
    return rows.select_related(*related).order_by("drawn_at", "id")


def rates(since: datetime, until: datetime, decided_by: str | None = None) -> Rates:
    """The rates of decisions drawn from `since` up to `until`; of one person's, or of all."""
    rows = QualityCheck.objects.filter(drawn_at__gte=since, drawn_at__lt=until)
    if decided_by is not None:
        rows = rows.filter(decided_by=decided_by)
    return Rates(
        **rows.aggregate(
            agreed=Count("id", filter=Q(verdict=QualityVerdict.AGREE)),
            disagreed=Count("id", filter=Q(verdict=QualityVerdict.DISAGREE)),
            waiting=Count("id", filter=Q(verdict="")),
        )
    )
