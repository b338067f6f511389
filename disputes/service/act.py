"""What every door calls: one verb on one case, its deadline honoured first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError, NotFound, Refused
from disputes.models import Case
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.service.commit import commit
from disputes.service.pauses import pause_clocks_of
from disputes.service.refunds import credit_refunds
from disputes.verbs.lapsing import lapse
from disputes.verbs.transition import Transition

VerbFunction = Callable[..., Transition]
log = structlog.get_logger()


class CaseChanged(Refused):
    """The case is no longer the one the page showed; read what arrived and decide anew."""

    code = "case_changed"


class CaseStuck(Refused):
    """The case is due and its lapse fails: nothing else may come first."""

    code = "set_aside"


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of it. `refusal` is set where the case had lapsed first and now forbids the verb:

    the lapse stands, so it is returned, not raised, and the caller's transaction must commit.
    """

    public_id: str
    lapsed: bool = False
    refusal: DomainError | None = None


def act(
    verb: VerbFunction,
    public_id: str,
    actor: Actor,
    now: datetime,
    *,
    seen: int | None = None,
    anyway: bool = False,
    **params: Any,
) -> Acted:
    """Use `verb` on a case under its lock. Raises the verb's own DomainErrors.

    `seen` is the version the actor looked at: CaseChanged if the case has moved since. A deadline
    binds even if the sweep is late: an expired case lapses first, then the verb meets it anew.
    Where that fails (CaseStuck), a verb that moves nothing may go on `anyway`.
    """
    with transaction.atomic():
        case = _up_to_date(public_id, now)
        _check_party(case, actor)
        if seen is not None and case.version != seen:
            raise CaseChanged(_("The case has changed since you opened this page."))
        if case.due(now) and pause_clocks_of(public_id, now):
            case = snapshots.one(public_id)
        lapsed = case.due(now)
        if lapsed:
            lapsed = _lapsed(case, now, anyway)
            case = snapshots.one(public_id) if lapsed else case
        try:
            with transaction.atomic():
                commit([verb(case, actor, now, **params)])
        except DomainError as refusal:
            if not lapsed:
                raise
            return Acted(public_id, lapsed, refusal)
        pause_clocks_of(public_id, now)  # of a wait that begins in a pause, or was moved into one
    return Acted(public_id, lapsed)


def _lapsed(case: Snapshot, now: datetime, anyway: bool) -> bool:
    """Let the case lapse; False where it is stuck and one goes on `anyway`. Raises CaseStuck."""
    try:
        let_lapse(case, now)
    except CaseStuck:
        if not anyway:
            raise
        return False
    return True


def let_lapse(case: Snapshot, now: datetime) -> None:
    """Let the case lapse. Raises CaseStuck where that fails, or the sweep set the case aside."""
    if case.now.sweep_error:
        raise _stuck()
    try:
        with transaction.atomic():
            commit([lapse(case, now)])
    except OperationalError:
        raise
    except Exception as error:
        log.exception("act.case_stuck", case=case.public_id)
        raise _stuck() from error


def _stuck() -> CaseStuck:
    return CaseStuck(
        _(
            "The case's time is over, and the step that follows failed. Staff have to mend the"
            " cause and put the case back to the sweep first."
        )
    )


def _up_to_date(public_id: str, now: datetime) -> Snapshot:
    """The case, locked, with every fed refund of its order counted.

    The order is locked before its cases, here as everywhere: so nobody waits in a circle.
    """
    credit_refunds(snapshots.orders_to_count(Case.objects.filter(public_id=public_id)), now)
    return snapshots.one(public_id)


def _check_party(case: Snapshot, actor: Actor) -> None:
    """A stranger's attempt must not even make the case lapse, nor tell that it exists."""
    refs = {ActorKind.BUYER: case.buyer_ref, ActorKind.SELLER: case.seller_ref}
    if refs.get(actor.kind, actor.ref) != actor.ref:
        raise NotFound("There is no such case.", code="case_not_found")
