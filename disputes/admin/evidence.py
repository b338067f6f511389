"""Both sides' evidence, side by side: what each was asked for, what it gave, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from disputes.admin.pictures import Given, Paper, given
from disputes.admin.viewer import Picture
from disputes.enums import EvidenceType, Party
from disputes.models import Evidence, EvidenceRequest
from disputes.queries.asked import Asked, evidence_asked
from disputes.queries.detail import CaseDetail
from disputes.queries.known import Snapshot

SIDES = (Party.BUYER, Party.SELLER)


@dataclass(frozen=True, slots=True)
class Side:
    """One side's part of the evidence. `missing` is what the rulebook asks for and is not there."""

    party: Party
    name: str
    missing: tuple[Asked, ...]
    asked: tuple[tuple[EvidenceRequest, str], ...]
    given: tuple[Evidence, ...]
    pictures: tuple[Picture, ...]
    papers: tuple[Paper, ...]


def sides(detail: CaseDetail, case: Snapshot, now: datetime) -> list[Side]:
    """The buyer's side and the seller's."""
    wanted = evidence_asked(case) if detail.case.due_at else []
    names = {Party.BUYER: str(detail.case.buyer), Party.SELLER: str(detail.case.seller)}
    files = given(detail.case.pk, now)
    return [_side(party, names[party], detail, wanted, files[party]) for party in SIDES]


def _side(
    party: Party,
    name: str,
    detail: CaseDetail,
    wanted: list[Asked],
    files: Given,
) -> Side:
    pieces = tuple(e for e in detail.evidence if e.party == party)
    there = {EvidenceType(e.evidence_type) for e in pieces}
    return Side(
        party=party,
        name=name,
        missing=tuple(a for a in wanted if a.party == party and a.evidence_type not in there),
        asked=tuple(
            (r, detail.staff.get(r.asked_by, "")) for r in detail.requests if r.party == party
        ),
        given=pieces,
        pictures=tuple(files.pictures),
        papers=tuple(files.papers),
    )
