"""A case whose step failed is set aside from the sweep; once mended, staff put it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from backoffice.common.actors import SYSTEM, Actor
from disputes.lifecycle import Verb
from disputes.queries.known import Snapshot
from disputes.verbs.transition import Happening, Transition, require


def set_aside(case: Snapshot, now: datetime, *, error: str) -> Transition:
    """Keep the case from the sweep until staff have looked at `error`. No clock moves."""
    require(case, Verb.SET_ASIDE, SYSTEM, now)
    after = replace(case.now, sweep_error=error)
    happening = Happening("case.set_aside", {"error": error})
    return Transition(case, after, SYSTEM, now, (happening,))


def put_back(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """Staff have mended the cause: the sweep may try again. No clock moves."""
    require(case, Verb.PUT_BACK, actor, now)
    after = replace(case.now, sweep_error="")
    happening = Happening("case.put_back", {"error": case.now.sweep_error})
    return Transition(case, after, actor, now, (happening,))
