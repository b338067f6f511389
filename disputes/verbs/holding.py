"""Who has a case: taken, handed over, put back. A lock frees itself when its time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Forbidden, Invalid, Refused
from disputes.lifecycle import APPEAL_STATES, TABLE, Verb, permission
from disputes.queries.known import Snapshot, Standing
from disputes.verbs.messages import required_text
from disputes.verbs.transition import Transition, lock_time, require, updated

ABOVE_LIMIT = "disputes.adjudicate_above_limit"


class CaseLocked(Refused):
    """A colleague has the case, and his time with it is not over."""

    code = "case_locked"


def take(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """An adjudicator takes a free case, or renews his own; a senior may take it from a colleague.

    Raises CaseLocked, or Forbidden where he had a part in what he would now judge.
    """
    require(case, Verb.TAKE, actor, now)
    if ABOVE_LIMIT not in actor.permissions:
        require_free(case, actor, now)
    no_conflict(case, actor)
    after = locked_to(case, actor, now)
    data = {"by": actor.name, "until": after.assigned_until}
    return updated(case, after, actor, now, "case.taken", data)


def assign(
    case: Snapshot, actor: Actor, now: datetime, *, colleague: Actor, note: str
) -> Transition:
    """Hand the case over to a colleague, saying why. A senior may hand over what others have."""
    require(case, Verb.ASSIGN, actor, now)
    if ABOVE_LIMIT not in actor.permissions:
        require_free(case, actor, now)
    if permission(Verb.TAKE, case.state) not in colleague.permissions:
        raise Invalid(
            _("%s may not decide cases.") % colleague.name,
            code="not_an_adjudicator",
            field="colleague",
        )
    no_conflict(case, colleague, field="colleague")
    note = required_text(note, "note")
    after = locked_to(case, colleague, now)
    data = {"to": colleague.name, "note": note, "until": after.assigned_until}
    return updated(case, after, actor, now, "case.assigned", data)


def release(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """Put the case back for anybody to take. What a colleague has, only a senior puts back."""
    require(case, Verb.RELEASE, actor, now)
    if case.now.assignee_id is None:
        raise Refused(_("Nobody has the case."), code="nobody_has_it")
    if ABOVE_LIMIT not in actor.permissions:
        require_free(case, actor, now)
    data = {"from": case.judged.holder}
    return updated(case, freed(case.now), actor, now, "case.released", data)


def holder(case: Snapshot, now: datetime) -> int | None:
    """The user id of who has the case now; None once his time with it is over."""
    until = case.now.assigned_until
    return case.now.assignee_id if until is not None and until >= now else None


def require_free(case: Snapshot, actor: Actor, now: datetime) -> None:
    """Raises CaseLocked, naming who and until when, if a colleague has the case."""
    has_it = holder(case, now)
    if has_it is None or str(has_it) == actor.ref:
        return
    until = f"{case.now.assigned_until:%Y-%m-%d %H:%M}"
    raise CaseLocked(
        _("%(name)s has this case until %(until)s UTC.")
        % {"name": case.judged.holder, "until": until},
        extra={"holder": case.judged.holder, "until": until},
    )


def no_conflict(case: Snapshot, actor: Actor, field: str | None = None) -> None:
    """Raises Forbidden where there is a `conflict`."""
    refusal = conflict(case, actor, field)
    if refusal:
        raise refusal


def conflict(case: Snapshot, actor: Actor, field: str | None = None) -> Forbidden | None:
    """Why `actor` does not judge this case: his own decision, a proposed one or on appeal."""
    proposal = case.judged.proposal
    approves = case.state in TABLE[Verb.APPROVE, ActorKind.STAFF]
    if approves and proposal and proposal.proposed_by == actor.ref:
        return Forbidden(
            _("Nobody approves or sends back his own decision; a colleague has to."),
            code="own_proposal",
            field=field,
        )
    first = case.judged.first
    if case.state not in APPEAL_STATES or first is None:
        return None
    decider = first.decided_by_kind == ActorKind.STAFF and first.decided_by_ref == actor.ref
    if decider or first.approved_by == actor.ref:
        return Forbidden(
            _("Whoever had a part in the first decision does not hear the appeal against it."),
            code="conflict_of_interest",
            field=field,
        )
    return None


def locked_to(
    case: Snapshot, actor: Actor, now: datetime, after: Standing | None = None
) -> Standing:
    """The case's standing with the lock of `actor`, from now on."""
    until = now + lock_time(case)
    return replace(after or case.now, assignee_id=int(actor.ref), assigned_until=until)


def freed(standing: Standing) -> Standing:
    """`standing` with nobody's lock."""
    return replace(standing, assignee_id=None, assigned_until=None)
