"""A second person looks at a proposed decision: approves it, or sends it back.

The proposer never does it himself, and who decided first never decides on the appeal.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from backoffice.common.actors import Actor
from disputes.enums import ProposalEnd
from disputes.lifecycle import APPEAL_STATES, State, Verb
from disputes.queries.known import Snapshot
from disputes.verbs.hearing import approved_on_appeal
from disputes.verbs.holding import no_conflict, require_free
from disputes.verbs.messages import required_text
from disputes.verbs.proposals import open_proposal, ruling_of, settle
from disputes.verbs.transition import (
    Happening,
    MovedProposal,
    Transition,
    lock_time,
    require,
    updated,
    waits,
)


def approve(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """Somebody else, and senior, agrees: the decision is carried out, or shown to both sides.

    Raises Forbidden for the proposer's own.
    """
    require(case, Verb.APPROVE, actor, now)
    proposal = open_proposal(case)
    no_conflict(case, actor)
    require_free(case, actor, now)
    approved = Happening("case.decision_approved", {"proposed_by": proposal.proposed_by})
    ruling = replace(ruling_of(case, proposal), approved_by=actor.ref)
    if case.state in APPEAL_STATES:
        return approved_on_appeal(case, ruling, actor, now, approved)
    return settle(case, ruling, actor, now, (approved,))


def send_back(case: Snapshot, actor: Actor, now: datetime, *, note: str) -> Transition:
    """Somebody else, and senior, does not agree: back to who proposed it, with the reason why."""
    require(case, Verb.SEND_BACK, actor, now)
    proposal = open_proposal(case)
    no_conflict(case, actor)
    require_free(case, actor, now)
    note = required_text(note, "note")
    state = State.APPEAL_REVIEW if case.state in APPEAL_STATES else State.UNDER_REVIEW
    after = replace(
        waits(case, state, now),
        assignee_id=int(proposal.proposed_by),
        assigned_until=now + lock_time(case),
    )
    data = {"note": note, "due_at": after.due_at}
    step = updated(case, after, actor, now, "case.decision_sent_back", data)
    return replace(step, proposal=MovedProposal(ProposalEnd.SENT_BACK.value, note=note))


def reconsider(case: Snapshot, actor: Actor, now: datetime, *, note: str) -> Transition:
    """What a side said gives reason to look again: the proposed decision is taken back."""
    require(case, Verb.RECONSIDER, actor, now)
    require_free(case, actor, now)
    note = required_text(note, "note")
    after = replace(
        waits(case, State.UNDER_REVIEW, now),
        assignee_id=int(actor.ref),
        assigned_until=now + lock_time(case),
    )
    data = {"note": note, "due_at": after.due_at}
    step = updated(case, after, actor, now, "case.decision_reconsidered", data)
    return replace(step, proposal=MovedProposal(ProposalEnd.RECONSIDERED.value, note=note))
