"""Deciding many like cases at once: each by the same verb, under the same checks, in one commit."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import DomainError, Refused
from backoffice.common.money import Money
from disputes.models import Case, SharedRuling
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.service.act import let_lapse
from disputes.service.commit import commit
from disputes.service.filing import ALPHABET
from disputes.service.pauses import pause_clocks_of
from disputes.service.refunds import credit_refunds
from disputes.verbs.decisions import adjudicate, foresee
from disputes.verbs.messages import required_text
from disputes.verbs.transition import Happening, Transition

Seen = Mapping[str, int]
"""The version of each case, by public id, that was looked at."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the ruling does to one case: the step and what it comes to, or why it is refused."""

    public_id: str
    step: Transition | None
    end: Transition | None
    refusal: str = ""


def foresee_alike(
    seen: Seen, actor: Actor, now: datetime, *, percent: int, **ruling: Any
) -> list[Foreseen]:
    """What `decide_alike` would do to each case; nothing is written."""
    found = []
    for public_id in seen:
        try:
            case = snapshots.peek(public_id)
            _up_to_date([case], seen)
            told = {**ruling, "refund": _share(case, percent)}
            step = adjudicate(case, actor, now, **told)
            found.append(Foreseen(public_id, step, foresee(case, actor, now, **told)))
        except DomainError as error:
            found.append(Foreseen(public_id, None, None, error.message))
    return found


def decide_alike(
    seen: Seen, actor: Actor, now: datetime, *, percent: int, reason: str, **ruling: Any
) -> str:
    """Give the buyer of each case `percent` of what he claims, for one reason; all, or none.

    Returns the shared ruling's id. Raises Refused naming the case that has changed since it was
    looked at, or that the verb refuses, and why: leave that one out.
    """
    reason = required_text(reason, "reason")
    with transaction.atomic():
        cases = Case.objects.filter(public_id__in=list(seen))
        credit_refunds(snapshots.orders_to_count(cases), now)
        known = _locked(seen)
        _up_to_date(known, seen)
        known = _in_time(known, seen, now)
        shared = SharedRuling.objects.create(
            public_id=_new_id(), reason=reason, decided_by=actor.ref, decided_at=now
        )
        told = {**ruling, "reason": reason, "shared_ruling_id": shared.pk}
        data = {"ruling": shared.public_id, "cases": len(known)}
        alike = Happening("case.ruled_alike", data)
        steps = [_step(case, actor, now, percent, told) for case in known]
        commit([replace(step, events=(alike, *step.events)) for step in steps])
        for case in known:
            pause_clocks_of(case.public_id, now)  # of a wait that begins in a pause, as in `act`
    return shared.public_id


def _in_time(known: list[Snapshot], seen: Seen, now: datetime) -> list[Snapshot]:
    """The cases once each has lapsed whose time is over, unless a pause stops its clock.

    Raises CaseStuck for one whose lapse fails.
    """
    late = [case.public_id for case in known if case.due(now)]
    for public_id in late:
        pause_clocks_of(public_id, now)
        case = snapshots.one(public_id)
        if case.due(now):
            with _named(public_id):
                let_lapse(case, now)
    return _locked(seen) if late else known


def _step(
    case: Snapshot, actor: Actor, now: datetime, percent: int, told: Mapping[str, Any]
) -> Transition:
    with _named(case.public_id):
        return adjudicate(case, actor, now, **told, refund=_share(case, percent))


@contextmanager
def _named(public_id: str) -> Iterator[None]:
    """Put the case's name before what is refused, so that staff know which one to leave out."""
    try:
        yield
    except DomainError as error:
        error.message = f"{public_id}: {error.message}"
        raise


def _locked(seen: Seen) -> list[Snapshot]:
    rows = Case.objects.filter(public_id__in=list(seen)).order_by("id")
    found = snapshots.locked(rows, len(seen))
    for broken in found.unreadable:
        raise Refused(_("%s: the case cannot be read.") % broken.public_id, code="case_unreadable")
    if not found.cases or len(found.cases) != len(seen):
        raise Refused(
            _("A case is not there, or is just being written to; look again."),
            code="case_not_found",
        )
    return found.cases


def _up_to_date(cases: list[Snapshot], seen: Seen) -> None:
    moved = [case.public_id for case in cases if case.version != seen[case.public_id]]
    if moved:
        raise Refused(
            _("%s: changed since you looked at it.") % ", ".join(moved),
            code="case_changed",
            extra={"cases": moved},
        )


def _share(case: Snapshot, percent: int) -> Money:
    return case.requested.percent(percent)


def _new_id() -> str:
    return "SR-" + "".join(secrets.choice(ALPHABET) for _ in range(12))
