"""What the rulebook asks each side to show for a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from disputes.enums import EvidenceType, Party
from disputes.models import Case, Evidence, EvidenceRequest
from disputes.queries.known import Snapshot, ruling_reason


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of evidence a side is asked for; what is not `required` is welcome."""

    party: Party
    evidence_type: EvidenceType
    required: bool
    given: bool = False


def evidence_asked(case: Snapshot, given: Iterable[Evidence] = ()) -> list[Asked]:
    """Every matching row of *Evidence asked for*, the buyer's first; `given` is what there is."""
    there = {(row.party, row.evidence_type) for row in given}
    reason = ruling_reason(case.reason, case.sub_reason)
    return [
        Asked(
            party,
            EvidenceType(str(row["evidence_type"])),
            bool(row["required"]),
            (party.value, row["evidence_type"]) in there,
        )
        for party in (Party.BUYER, Party.SELLER)
        for row in case.book.evaluate(
            "evidence_asked", {"reason": reason, "party": party.value}
        ).matches
    ]


def requests_of(case: Case, most: int) -> list[EvidenceRequest]:
    """What staff asked the sides for, the latest `most`, oldest first.

    One that is open ends when the case's time does: that may have been extended, or stood still,
    since it was asked (the rows say so here, and are never saved).
    """
    rows = list(EvidenceRequest.objects.filter(case_id=case.pk).order_by("-id")[:most])[::-1]
    for row in rows:
        if row.closed_at is None and case.due_at is not None:
            row.due_at = case.due_at
    return rows
