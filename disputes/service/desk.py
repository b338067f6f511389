"""What only the desk does: take the next case, act on the case one has seen, put one back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from backoffice.common.actors import Actor
from backoffice.common.errors import Refused
from disputes.queries import snapshots
from disputes.queries.queue import next_unassigned
from disputes.service.act import Acted, VerbFunction, act
from disputes.service.commit import commit
from disputes.verbs.holding import take
from disputes.verbs.putting_back import put_back


def take_next(actor: Actor, now: datetime) -> Acted | None:
    """Take the most urgent case nobody has; None if there is none.

    The row's lock passes over cases that others are taking, so two people never get the same one.
    """
    with transaction.atomic():
        free = next_unassigned(now).select_for_update(skip_locked=True, of=("self",))
        public_id = free.values_list("public_id", flat=True).first()
        return act(take, public_id, actor, now) if public_id else None


def act_on(
    version: int, verb: VerbFunction, public_id: str, actor: Actor, now: datetime, **params: Any
) -> Acted:
    """`act`, but only on the case as it was at `version`: raises CaseChanged if it has moved."""

    return act(verb, public_id, actor, now, seen=version, **params)


def put_case_back(public_id: str, actor: Actor, now: datetime) -> None:
    """Give a case that the sweep set aside back to it. Raises NotFound, or Refused if it is not.

    Not through `act`: a case that is due would lapse first, and that is what failed.
    """
    with transaction.atomic():
        case = snapshots.one(public_id)
        if not case.now.sweep_error:
            raise Refused("The case is not set aside.", code="not_set_aside")
        commit([put_back(case, actor, now)])
