"""A side appeals against what staff or a rule decided; somebody else will hear it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError, Refused
from disputes.enums import BorneBy, ProposalEnd
from disputes.lifecycle import APPEAL_STATES, TABLE, State, Verb
from disputes.models import Appeal, Case
from disputes.queries.known import Snapshot
from disputes.verbs.holding import freed
from disputes.verbs.messages import required_text, text_digest
from disputes.verbs.transition import (
    NewRow,
    Transition,
    ended_proposal,
    require,
    updated,
    waits,
)


def appeal(case: Snapshot, actor: Actor, now: datetime, *, text: str) -> Transition:
    """A side does not accept the decision, and says what is new. No money moves until it is heard.

    While one side's appeal is heard the other may bring its own, within the same window: both are
    heard together, and what was proposed meanwhile is taken back. Raises Refused where it cannot
    be appealed against (any more), or where a newer claim is open on one of the lines.
    """
    require(case, Verb.APPEAL, actor, now)
    refusal = _refusal(case, actor.kind, now)
    if refusal:
        raise refusal
    text = required_text(text, "text")
    other = ActorKind.SELLER if actor.kind == ActorKind.BUYER else ActorKind.BUYER
    until = None if _refusal(case, other, now) else case.now.appeal_until
    heard = case.state in TABLE[Verb.DECIDE_APPEAL, ActorKind.STAFF]  # who hears it keeps it
    standing = waits(case, State.APPEAL_REVIEW, now, appeal_until=until)
    after = standing if heard else freed(standing)
    data = {"by": actor.kind.value, "sha256": text_digest(text), "due_at": after.due_at}
    values = {"case_id": case.id, "party": actor.kind.value, "text": text, "at": now}
    step = updated(case, after, actor, now, "case.appealed", data, rows=(NewRow(Appeal, values),))
    if case.state in APPEAL_STATES:
        return replace(step, proposal=ended_proposal(case, ProposalEnd.OVERTAKEN))
    return replace(step, reopens=tuple(line.line_id for line in case.lines))


def _refusal(case: Snapshot, side: ActorKind, now: datetime) -> DomainError | None:
    return appeal_refusal(
        side,
        now,
        until=case.now.appeal_until,
        borne_by=case.now.borne_by,
        unpaid_minor=case.unpaid_minor,
        appealed_by=case.judged.appealed_by,
    )


def appeal_refusal(
    side: ActorKind,
    now: datetime,
    *,
    until: datetime | None,
    borne_by: str,
    unpaid_minor: int,
    appealed_by: Collection[str],
) -> DomainError | None:
    """Why this side cannot appeal now; None where it can. The API's links ask the same."""
    if side in appealed_by:
        return Refused(_("Each side appeals once; this one has."), code="already_appealed")
    if until is None:
        return Refused(
            _("Only what staff or a rule decided can be appealed against, and once."),
            code="cannot_be_appealed",
        )
    if until < now:
        return Refused(
            _("The time to appeal ended at %s UTC.") % f"{until:%Y-%m-%d %H:%M}",
            code="appeal_closed",
            extra={"closed_at": until.isoformat()},
        )
    if (side == ActorKind.BUYER and not unpaid_minor) or (
        side == ActorKind.SELLER and borne_by != BorneBy.SELLER
    ):
        return Refused(
            _("The decision gave this side all there was to get."), code="nothing_to_appeal"
        )
    return None


def may_appeal(case: Case, side: ActorKind, now: datetime) -> bool:
    """Whether this side may appeal now: for lists and links.

    By the columns of the case alone, but where an appeal is heard: then by its `appeals`.
    """
    heard = case.state in APPEAL_STATES and case.appeal_until is not None
    return case.state in TABLE[Verb.APPEAL, side] and not appeal_refusal(
        side,
        now,
        until=case.appeal_until,
        borne_by=case.borne_by,
        unpaid_minor=case.requested_minor - case.refunded_minor - case.credited_minor,
        appealed_by=[one.party for one in case.appeals.all()] if heard else (),
    )
