"""Staff have mended what made a case's step fail: the sweep may try again."""

from __future__ import annotations

from datetime import datetime

from backoffice.common.actors import Actor
from disputes.lifecycle import Verb
from disputes.queries.known import Snapshot
from disputes.verbs.transition import Happening, Transition, require


def put_back(case: Snapshot, actor: Actor, now: datetime, *, error: str) -> Transition:
    """Note that the case goes back to the sweep, and what had stopped it. No clock moves."""
    require(case, Verb.PUT_BACK, actor, now)
    return Transition(case, case.now, actor, now, (Happening("case.put_back", {"error": error}),))
