"""For each case, how long it waited on whom: read from its chain, where every wait begins.

commit() says in the last event of a step that begins a wait in which state it does (`waits_in`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q

from backoffice.audit.queries import chain
from backoffice.rulebook.engine.calendar import ALWAYS, Calendar, working_time
from disputes.enums import Party
from disputes.lifecycle import PLACES, State, Waiting
from disputes.models import PausedWait
from disputes.queries.cases import waits_on
from disputes.queries.pauses import Stretch, apart

SUBJECT = "case"
# How a case begins, and what ends its last wait.
BEGINS = {"case.filed": State.SELLER_TO_ANSWER, "case.filed_to_show": State.BUYER_TO_SHOW}
ENDS = ("case.resolved", "case.appeal_decided")


@dataclass(frozen=True, slots=True)
class Wait:
    """A stretch of time in which a case waited; the present one has no end yet.

    `paused` is by how much pauses moved its deadline; `stops` are the pauses, apart and in order,
    and its clock stood still on `holidays`, too.
    """

    on: tuple[Party, ...]
    what: Waiting
    since: datetime
    until: datetime | None
    paused: timedelta = timedelta()
    stops: tuple[Stretch, ...] = ()
    holidays: Calendar = ALWAYS

    def length(self, now: datetime) -> timedelta:
        """How long it lasted, up to `now` if it lasts still."""
        return (self.until or now) - self.since

    def counted(self, now: datetime) -> timedelta:
        """The same without the time in which its clock stood still."""
        ends = max(self.until or now, self.since)
        ran = working_time(self.since, ends, self.holidays)
        for start, end in self.stops:
            ran -= working_time(max(start, self.since), min(end, ends), self.holidays)
        return ran

    def stood_still(self, now: datetime) -> timedelta:
        """For how long its clock stood still, up to `now`."""
        return self.length(now) - self.counted(now)


@dataclass(frozen=True, slots=True)
class Waited:
    """For whom the case has waited and how long, and for how long every clock stood still."""

    on: list[tuple[str, timedelta]]
    stood_still: timedelta


def waits(public_id: str, holidays: Calendar = ALWAYS) -> list[Wait]:
    """Every wait of the case, in order; without gaps while it was open. Two statements.

    `holidays` are its rulebook's.
    """
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
    return [_stopped(wait, stopped[wait.since], holidays) for wait in found]


def _paused(public_id: str) -> dict[datetime, list[tuple[int, Stretch]]]:
    """By how many seconds pauses moved the deadline of each wait, and when; by when it began."""
    rows = PausedWait.objects.filter(case__public_id=public_id).order_by("pause__starts_at")
    found: defaultdict[datetime, list[tuple[int, Stretch]]] = defaultdict(list)
    columns = rows.values_list("since", "seconds", "pause__starts_at", "pause__ends_at")
    for since, seconds, starts_at, ends_at in columns:
        found[since].append((seconds, (starts_at, ends_at)))
    return found


def _stopped(wait: Wait, pauses: list[tuple[int, Stretch]], holidays: Calendar) -> Wait:
    stops: list[Stretch] = []
    for _, whole in pauses:
        stops += apart(whole, stops)
    return replace(
        wait,
        paused=timedelta(seconds=sum(seconds for seconds, _ in pauses)),
        stops=tuple(sorted(stops)),
        holidays=holidays if Party.STAFF not in wait.on else ALWAYS,
    )


def waited_on(found: Iterable[Wait], now: datetime) -> dict[Party, timedelta]:
    """How long the case waited on each; while it waited for both sides, on each of them.

    Time in which the clock stood still is nobody's.
    """
    on: defaultdict[Party, timedelta] = defaultdict(timedelta)
    for wait in found:
        for party in wait.on:
            on[party] += wait.counted(now)
    return dict(on)


def waited(found: Sequence[Wait], now: datetime) -> Waited:
    """The same in the reader's words, in the order in which each was waited for first."""
    on = waited_on(found, now)
    stood_still = sum((wait.stood_still(now) for wait in found), timedelta())
    return Waited([(str(party.label), time) for party, time in on.items()], stood_still)


def _wait(state: State, since: datetime, until: datetime | None) -> Wait:
    waiting = PLACES[state].waiting
    assert waiting is not None, "only an open state is waited in"
    return Wait(waits_on(state), waiting, since, until)
