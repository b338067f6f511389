"""Decisions drawn for a second look: which wait, and how often the second agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from backoffice.common.actors import ActorKind
from disputes.enums import QualityVerdict
from disputes.models import Decision, QualityCheck

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
    """What waits for a second look by this member of staff, the longest first.

    Never of a case in whose decisions he had a part: on an appeal, the first one is judged, too.
    """
    own = Decision.objects.filter(_had_a_part(str(user_id)), case=OuterRef("decision__case"))
    rows = QualityCheck.objects.filter(~Exists(own), verdict="")
    related = ("decision__case__order", "decision__case__buyer", "decision__case__seller")
    return rows.select_related(*related).order_by("drawn_at", "id")


def deciders(case_id: int) -> set[str]:
    """The user ids of the staff who decided the case, or approved it, in either instance."""
    rows = Decision.objects.filter(case_id=case_id, decided_by_kind=ActorKind.STAFF)
    return {ref for row in rows.values_list("decided_by_ref", "approved_by") for ref in row if ref}


def _had_a_part(ref: str) -> Q:
    return Q(decided_by_kind=ActorKind.STAFF, decided_by_ref=ref) | Q(approved_by=ref)


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
