"""A side appeals against what staff or a rule decided; somebody else will hear it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError, Refused
from disputes.enums import BorneBy
from disputes.lifecycle import RESOLVED_STATES, State, Verb
from disputes.models import Appeal, Case
from disputes.queries.known import Snapshot
from disputes.verbs.holding import freed
from disputes.verbs.messages import required_text, text_digest
from disputes.verbs.transition import (
    NewRow,
    Transition,
    require,
    updated,
    waits,
)


def appeal(case: Snapshot, actor: Actor, now: datetime, *, text: str) -> Transition:
    """A side does not accept the decision, and says what is new. No money moves until it is heard.

    Raises Refused where it cannot be appealed against (any more), or where a newer claim is open
    on one of the lines.
    """
    require(case, Verb.APPEAL, actor, now)
    refusal = appeal_refusal(
        actor.kind,
        now,
        state=case.state,
        until=case.now.appeal_until,
        borne_by=case.now.borne_by,
        unpaid_minor=case.requested_minor - case.now.refunded_minor - case.now.credited_minor,
    )
    if refusal:
        raise refusal
    text = required_text(text, "text")
    after = replace(freed(waits(case, State.APPEAL_REVIEW, now)), appeal_until=None)
    data = {"by": actor.kind.value, "sha256": text_digest(text), "due_at": after.due_at}
    values = {"case_id": case.id, "party": actor.kind.value, "text": text, "at": now}
    step = updated(case, after, actor, now, "case.appealed", data, rows=(NewRow(Appeal, values),))
    return replace(step, reopens=tuple(line.line_id for line in case.lines))


def appeal_refusal(
    side: ActorKind,
    now: datetime,
    *,
    state: str,
    until: datetime | None,
    borne_by: str,
    unpaid_minor: int,
) -> DomainError | None:
    """Why this side cannot appeal now; None where it can. The API's links ask the same."""
    if state not in RESOLVED_STATES or until is None:
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
    """Whether this side may appeal now, by the columns of the case alone: for lists and links."""
    left = case.requested_minor - case.refunded_minor - case.credited_minor
    return not appeal_refusal(
        side,
        now,
        state=case.state,
        until=case.appeal_until,
        borne_by=case.borne_by,
        unpaid_minor=left,
    )
