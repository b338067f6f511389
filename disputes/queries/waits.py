"""For each case, how long it waited on whom: read from its chain, where every wait begins.

commit() says in the last event of a step that begins a wait in which state it does (`waits_in`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from backoffice.audit.queries import chain
from disputes.enums import Party
from disputes.lifecycle import PLACES, State, Waiting
from disputes.models import PausedWait
from disputes.queries.cases import waits_on

SUBJECT = "case"
# How a case begins, and what ends its last wait.
BEGINS = {"case.filed": State.SELLER_TO_ANSWER, "case.filed_to_show": State.BUYER_TO_SHOW}
ENDS = ("case.resolved", "case.appeal_decided")


@dataclass(frozen=True, slots=True)
class Wait:
    """A stretch of time in which a case waited; the present one has no end yet.

    `paused` is by how much pauses moved its deadline.
    """

    on: tuple[Party, ...]
    what: Waiting
    since: datetime
    until: datetime | None
    paused: timedelta = timedelta()

    def length(self, now: datetime) -> timedelta:
        """How long it lasted, up to `now` if it lasts still."""
        return (self.until or now) - self.since


def waits(public_id: str) -> list[Wait]:
    """Every wait of the case, in order; without gaps while it was open. Two statements."""
    told = chain(SUBJECT, public_id).filter(
        Q(action__in=[*BEGINS, *ENDS]) | Q(data__has_key="waits_in")
    )
    found: list[Wait] = []
    begun: tuple[State, datetime] | None = None
    for action, at, data in told.order_by("seq").values_list("action", "at", "data"):
        state = data.get("waits_in") or BEGINS.get(action)
        if begun:
            found.append(_wait(*begun, at))
        begun = (State(state), at) if state else None
    stopped = _paused(public_id)
    found += [_wait(*begun, None)] if begun else []
    return [replace(wait, paused=stopped.get(wait.since, timedelta())) for wait in found]


def _paused(public_id: str) -> dict[datetime, timedelta]:
    """By how much pauses moved the deadline of each wait, by when it began."""
    rows = PausedWait.objects.filter(case__public_id=public_id).values_list("since")
    return {at: timedelta(seconds=total) for at, total in rows.annotate(total=Sum("seconds"))}


def waited_on(found: Iterable[Wait], now: datetime) -> dict[Party, timedelta]:
    """How long the case waited on each; while it waited for both sides, on each of them."""
    on: defaultdict[Party, timedelta] = defaultdict(timedelta)
    for wait in found:
        for party in wait.on:
            on[party] += wait.length(now)
    return dict(on)


def _wait(state: State, since: datetime, until: datetime | None) -> Wait:
    waiting = PLACES[state].waiting
    assert waiting is not None, "only an open state is waited in"
    return Wait(waits_on(state), waiting, since, until)
