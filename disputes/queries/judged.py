"""What staff have made of a case so far: who has it, what is proposed, how it was decided first.

A statement for each kind, and only if one of the cases needs it: a sweep of sellers who did not
answer reads none of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from backoffice.accounts.models import User
from backoffice.common.bulk import among
from disputes.enums import Instance
from disputes.lifecycle import APPEAL_STATES, RESOLVED_STATES, State
from disputes.models import Appeal, Decision, Proposal
from disputes.queries.known import FirstDecision, Judged, OpenProposal, Owed
from disputes.queries.still_owed import still_owed

WITH_PROPOSAL = frozenset({State.TO_APPROVE, State.PROPOSED, State.APPEAL_TO_APPROVE})
DECIDED = APPEAL_STATES | RESOLVED_STATES
PROPOSAL = (
    "instance",
    "appeal_outcome",
    "fraud",
    "refund_minor",
    "borne_by",
    "return_needed",
    "lines",
    "code",
    "reason",
    "buyer_text",
    "seller_text",
    "recommended",
    "proposed_by",
    "approved_by",
    "shared_ruling_id",
)
FIRST = (
    "outcome",
    "refund_minor",
    "borne_by",
    "decided_by_kind",
    "decided_by_ref",
    "approved_by",
    "lines",
)

NOTHING = Owed()

Where = tuple[int, str, int | None]
"""A case's id, its state and who has it."""


def judged(cases: Sequence[Where]) -> dict[int, Judged]:
    """By case id; a case that has none of it is left out."""
    holders = _names({user for _, _, user in cases if user is not None})
    proposals = _proposals([pk for pk, state, _ in cases if state in WITH_PROPOSAL])
    decided = [pk for pk, state, _ in cases if state in DECIDED]
    firsts, sides = _firsts(decided), _sides(decided)
    owed = still_owed([pk for pk, state, _ in cases if state in APPEAL_STATES])
    return {
        pk: Judged(
            holders.get(user, "") if user is not None else "",
            proposals.get(pk),
            firsts.get(pk),
            frozenset(sides.get(pk, ())),
            owed.get(pk, NOTHING),
        )
        for pk, state, user in cases
        if user is not None or state in WITH_PROPOSAL or state in DECIDED
    }


def _names(ids: set[int]) -> dict[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}


def _proposals(case_ids: list[int]) -> dict[int, OpenProposal]:
    if not case_ids:
        return {}
    rows = Proposal.objects.filter(case_id__in=among(case_ids), closed_at=None)
    return {pk: OpenProposal(*known) for pk, *known in rows.values_list("case_id", *PROPOSAL)}


def _firsts(case_ids: list[int]) -> dict[int, FirstDecision]:
    if not case_ids:
        return {}
    rows = Decision.objects.filter(case_id__in=among(case_ids), instance=Instance.FIRST)
    return {pk: FirstDecision(*known) for pk, *known in rows.values_list("case_id", *FIRST)}


def _sides(case_ids: list[int]) -> dict[int, set[str]]:
    """Which sides appealed."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    if case_ids:
        rows = Appeal.objects.filter(case_id__in=among(case_ids))
        for pk, party in rows.values_list("case_id", "party"):
            found[pk].add(party)
    return found
