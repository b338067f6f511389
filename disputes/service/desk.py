"""What only the desk does: take the next case, act on the case one has seen, put one back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Refused
from disputes.queries import snapshots
from disputes.queries.missed import missed_facts
from disputes.queries.queue import next_unassigned
from disputes.service.act import Acted, CaseStuck, VerbFunction, act
from disputes.service.commit import commit
from disputes.service.pauses import pause_clocks_of
from disputes.verbs.facts import note_facts
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
    """Give a case that the sweep set aside back to it, and tell it of the facts it missed.

    Raises NotFound, Refused if it is not set aside, CaseStuck if the facts cannot be told. Not
    through `act`: a case that is due would lapse first, and that is what failed.
    """
    with transaction.atomic():
        case = snapshots.one(public_id)
        if not case.now.sweep_error:
            raise Refused(_("The case is not set aside."), code="not_set_aside")
        commit([put_back(case, actor, now)])
        pause_clocks_of(public_id, now, since=case.now.waiting_since)
        _note_missed(public_id, now)


def _note_missed(public_id: str, now: datetime) -> None:
    """Tell the case of facts whose telling was what failed. Raises CaseStuck if it fails again."""
    case = snapshots.one(public_id)
    missed = missed_facts(case)
    if not missed:
        return
    try:
        with transaction.atomic():
            commit([note_facts(case, now, kinds=missed)])
    except OperationalError:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        raise CaseStuck(_("The cause is not mended; it fails again: %s") % why) from error
