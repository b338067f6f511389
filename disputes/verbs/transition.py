"""What a verb returns: everything that will change, before anything has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import NotFound, Refused
from backoffice.ledger.service import NewTransfer, Settlement
from backoffice.outbox.service import NewMessage
from backoffice.rulebook.engine.calendar import add_working_time, due
from backoffice.rulebook.engine.columns import Fact
from disputes.enums import OfferAnswer, ProposalEnd, ReturnResult
from disputes.lifecycle import PLACES, STAFF_WAITS, State, Verb, may, verbs_for
from disputes.queries.known import OpenReturn, Snapshot, Standing
from disputes.verbs.consent import may_grant

# What staff are waited for, and the reminder when they are late.
FOR_STAFF = frozenset({*map(str, STAFF_WAITS), "REVIEW_REMINDER"})
# A request for more time ends with the wait it was made in, and when it is granted.
NO_EXTENSION_ASKED: dict[str, Any] = {"extension_asked_by": "", "extension_asked_hours": 0}


@dataclass(frozen=True, slots=True)
class Happening:
    """An audit event of the case: an action of the catalogue and its data."""

    action: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Rows that go with a new row, such as its files; `column` will name that row."""

    model: type[models.Model]
    column: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to append to a table that belongs to the case; `values` by column name."""

    model: type[models.Model]
    values: dict[str, Any]
    belonging: tuple[Belonging, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedRequest:
    """The case's open evidence request ends, answered or in silence."""

    answered: bool


@dataclass(frozen=True, slots=True)
class ClosedOffer:
    """The case's open offer ends: accepted, denied, countered, expired, or the case moved on."""

    answer: OfferAnswer


@dataclass(frozen=True, slots=True)
class MovedProposal:
    """The case's open proposal is approved, or ends with `result` (and why)."""

    result: str = ""
    approved_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinePaid:
    """The case's remedy on one order line ends, having paid so much for it."""

    line_id: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class Transition:
    """One case's step from `before` to `after`, with all that goes with it."""

    before: Snapshot
    after: Standing
    actor: Actor
    at: datetime
    events: tuple[Happening, ...]
    outbox: tuple[NewMessage, ...] = ()
    transfers: tuple[NewTransfer, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    rows: tuple[NewRow, ...] = ()
    closes: tuple[LinePaid, ...] = ()
    request: ClosedRequest | None = None
    offer: ClosedOffer | None = None
    proposal: MovedProposal | None = None
    appeal: str = ""  # how the open appeal ends
    reopens: tuple[int, ...] = ()  # the order lines whose remedy is open again
    returned: OpenReturn | None = None  # the open return as this step leaves it
    moves_deadline: bool = False  # of the open offer and request, with the case's own
    refunds_counted_minor: int = 0


def require(case: Snapshot, verb: Verb, actor: Actor, now: datetime) -> None:
    """Refuse unless the table lets this actor use `verb` now.

    Raises NotFound for a party of another case, Refused (with what is possible instead) otherwise.
    """
    refs = {ActorKind.BUYER: case.buyer_ref, ActorKind.SELLER: case.seller_ref}
    if refs.get(actor.kind, actor.ref) != actor.ref:
        raise NotFound("There is no such case among yours.", code="case_not_found")
    if not may(verb, actor.kind, case.state, actor.permissions):
        raise _not_now(case, verb, actor)
    if case.due(now) and actor.kind in refs:
        raise Refused(
            _("The time to %(verb)s ended at %(due_at)s UTC.")
            % {"verb": verb, "due_at": f"{case.now.due_at:%Y-%m-%d %H:%M}"},
            code="time_is_over",
        )


def _not_now(case: Snapshot, verb: Verb, actor: Actor) -> Refused:
    possible = [
        str(v)
        for v in verbs_for(actor.kind, case.state, actor.permissions)
        if v != Verb.APPEAL or (case.now.appeal_until and actor.kind not in case.judged.appealed_by)
        if v != Verb.EXTEND or may_grant(actor.kind, case.now)
    ]
    told = _("%(verb)s is not possible for %(kind)s while the case is %(status)s.") % {
        "verb": verb,
        "kind": actor.kind.lower(),
        "status": PLACES[case.state].status,
    }
    if possible:
        told += " " + _("Possible now: %s.") % ", ".join(possible)
    else:
        told += " " + _("Nothing is possible now.")
    return Refused(
        told,
        code="verb_not_allowed",
        extra={"possible": possible, "dispute": case.whereabouts},
    )


def waits(case: Snapshot, state: State, now: datetime, **changes: Any) -> Standing:
    """The standing of a case that now waits in `state`, its deadline from *Response times*."""
    waiting = PLACES[state].waiting
    return replace(
        case.now,
        state=state.value,
        waiting_since=now,
        due_at=due_by(case, str(waiting), now),
        reminders=0,
        overdue_since=None,
        extended_hours=0,
        **NO_EXTENSION_ASKED,
        **changes,
    )


def ended_proposal(case: Snapshot, result: ProposalEnd) -> MovedProposal | None:
    """The end of the case's open proposal; None if there is none."""
    return MovedProposal(result.value) if case.judged.proposal else None


def closed_offer(case: Snapshot, answer: OfferAnswer) -> ClosedOffer | None:
    """The end of the case's open offer; None if there is none."""
    return ClosedOffer(answer) if case.offer else None


def ended_return(case: Snapshot, result: ReturnResult, now: datetime) -> OpenReturn | None:
    """The case's open return, ended; None if there is none."""
    return case.returning and replace(case.returning, result=result.value, ended_at=now)


def due_by(case: Snapshot, waiting: str, now: datetime) -> datetime:
    """When the time for `waiting` is over: staff's runs in the rulebook's working hours only,

    the sides' not on its holidays.
    """
    limit = response_time(case, waiting)
    if waiting in FOR_STAFF:
        return due(now, limit, case.book.calendar)
    return add_working_time(now, limit, case.book.holidays)


def response_time(case: Snapshot, waiting: str) -> timedelta:
    """How long the rulebook gives for `waiting` at this case's amount."""
    inputs: dict[str, Fact] = {"waiting": waiting, "value": case.requested}
    return timedelta(hours=case.book.evaluate("response_times", inputs).number("limit"))


def lock_time(case: Snapshot) -> timedelta:
    """How long a case stays locked to who has it and does nothing, by *Assignment*."""
    hours = case.book.evaluate("assignment", {"value": case.requested}).number("locked_for")
    return timedelta(hours=hours)


def _renewed(case: Snapshot, after: Standing, actor: Actor, now: datetime) -> Standing:
    if actor.kind != ActorKind.STAFF or str(after.assignee_id) != actor.ref:
        return after
    return replace(after, assigned_until=now + lock_time(case))


def told(case: Snapshot, topic: str, after: Standing, **data: Any) -> NewMessage:
    """The outbox message that tells the marketplace where the case stands after this step."""
    place = PLACES[cast(State, after.state)]
    return NewMessage(
        topic,
        "case",
        case.public_id,
        {
            "dispute_id": case.public_id,
            "order": case.facts.order_ref,
            "seller": case.seller_ref,
            "buyer": case.buyer_ref,
            "dispute_life_cycle_stage": place.stage.value,
            "status": place.status.value,
            "due_at": after.due_at,
            **data,
        },
        f"{case.public_id}:{case.version}:{topic}",
    )


def updated(
    case: Snapshot,
    after: Standing,
    actor: Actor,
    now: datetime,
    action: str,
    data: dict[str, Any],
    **more: Any,
) -> Transition:
    """A step that keeps the case open: one event, and the marketplace is told of it.

    A step of who has the case renews his lock.
    """
    after = _renewed(case, after, actor, now)
    message = told(case, "dispute.updated", after, event=action)
    return Transition(
        case, after, actor, now, (Happening(action, data),), outbox=(message,), **more
    )
