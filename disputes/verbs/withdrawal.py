"""The buyer takes the claim back."""

from __future__ import annotations

from datetime import datetime

from backoffice.common.actors import Actor
from disputes.enums import Outcome
from disputes.lifecycle import Verb
from disputes.queries.known import Snapshot
from disputes.verbs.resolution import Ruling, resolve
from disputes.verbs.transition import Happening, Transition, require


def withdraw(case: Snapshot, actor: Actor, now: datetime) -> Transition:
    """End the case without a refund; the seller's money is free again."""
    require(case, Verb.WITHDRAW, actor, now)
    withdrawn = Happening("case.withdrawn", {})
    return resolve(case, Ruling(Outcome.CANCELED_BY_BUYER), actor, now, (withdrawn,))
