"""Cases that are like one: for one ruling on all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from backoffice.common.bulk import among
from disputes.lifecycle import State
from disputes.models import Case, Decision, Proposal, SharedRuling
from disputes.queries.counts import SWEPT, free

MOST = 200


@dataclass(frozen=True, slots=True)
class RuledAlike:
    """A shared ruling and the public ids of all its cases, the earliest filed first."""

    ruling: SharedRuling
    cases: tuple[str, ...]


def ruled_alike(ruling_id: int) -> RuledAlike:
    """The ruling and the cases decided by it, or to be once they are approved."""
    named = {
        case
        for model in (Decision, Proposal)
        for case in model._default_manager.filter(shared_ruling_id=ruling_id).values_list(
            "case_id", flat=True
        )
    }
    cases = Case.objects.filter(pk__in=among(named)).order_by("id")
    ids = tuple(cases.values_list("public_id", flat=True))
    return RuledAlike(SharedRuling.objects.get(pk=ruling_id), ids)


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
    return mine.select_related("order", "buyer", "seller").order_by("expected_by", "id")[:MOST]
