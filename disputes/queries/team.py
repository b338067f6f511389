"""How the team does in a period: decided, how fast, reversed on appeal, second looks.

A statement for each question, however many people and cases; of decisions at most MOST are read,
the latest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from math import ceil

from django.db.models import Case as Choose
from django.db.models import Count, DateTimeField, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from backoffice.accounts.models import User
from backoffice.audit.models import Event
from backoffice.common.actors import ActorKind
from disputes.enums import AppealOutcome, Instance, QualityVerdict
from disputes.lifecycle import State
from disputes.models import Case, Decision, QualityCheck, Return
from disputes.queries.counts import OPEN

MOST = 50_000
REVIEWED = {Instance.FIRST: State.UNDER_REVIEW, Instance.APPEAL: State.APPEAL_REVIEW}


@dataclass(frozen=True, slots=True)
class Period:
    """From the start of a day up to, but without, the start of another; days are of `zone`."""

    start: datetime
    end: datetime
    zone: tzinfo

    def days(self) -> list[date]:
        """Every day of it."""
        first = self.start.astimezone(self.zone).date()
        last = (self.end - timedelta(microseconds=1)).astimezone(self.zone).date()
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@dataclass(frozen=True, slots=True)
class Times:
    """How long decisions took, from the beginning of their review."""

    median: timedelta
    ninth_tenth: timedelta


def times(lengths: Sequence[timedelta]) -> Times | None:
    """The middle one, and the one that nine in ten do not exceed; None of none."""
    if not lengths:
        return None
    ordered = sorted(lengths)
    last = len(ordered) - 1
    return Times(ordered[last // 2], ordered[min(last, ceil(len(ordered) * 0.9) - 1)])


@dataclass(slots=True)
class Work:
    """What was done: of one person, of one queue, of everybody."""

    lengths: list[timedelta] = field(default_factory=list)
    appealed: int = 0
    changed: int = 0
    reversed: int = 0
    agreed: int = 0
    disagreed: int = 0
    has: int = 0
    overdue: int = 0

    @property
    def decided(self) -> int:
        """How many decisions."""
        return len(self.lengths)

    @property
    def times(self) -> Times | None:
        """How long they took."""
        return times(self.lengths)


@dataclass(frozen=True, slots=True)
class Team:
    """The period's work by person (user id), by queue (instance and reason), by day, and in all."""

    people: dict[str, Work]
    names: dict[str, str]
    queues: dict[tuple[str, str], Work]
    days: dict[date, int]
    all: Work


def team(period: Period, now: datetime) -> Team:
    """What staff did in `period`, and what waits for them `now`. Six statements."""
    found = Team(
        defaultdict(Work), {}, defaultdict(Work), Counter(dict.fromkeys(period.days(), 0)), Work()
    )
    _decided(found, period)
    _appealed(found, period)
    _looked_at(found, period)
    _held(found, now)
    _waiting(found)
    found.names.update(_names(found.people))
    return found


def _decided(found: Team, period: Period) -> None:
    rows = Decision.objects.filter(
        decided_by_kind=ActorKind.STAFF, decided_at__gte=period.start, decided_at__lt=period.end
    ).annotate(since=Coalesce(_review_began(), F("case__filed_at")), ruled_at=_ruled_at())
    columns = ("decided_by_ref", "instance", "case__reason", "decided_at", "since", "ruled_at")
    rows = rows.order_by("-decided_at")
    for who, instance, reason, at, since, ruled_at in rows.values_list(*columns)[:MOST]:
        length = max(timedelta(), ruled_at - since)
        for work in (found.people[who], found.queues[instance, reason], found.all):
            work.lengths.append(length)
        found.days[at.astimezone(period.zone).date()] += 1


def _review_began() -> Choose:
    """When the case first came before staff, in that instance; null where its chain is silent."""
    events = Event.objects.filter(subject_kind="case", subject_id=OuterRef("case__public_id"))
    began = {
        instance: Subquery(
            events.filter(data__waits_in=state.value).order_by("seq").values("at")[:1]
        )
        for instance, state in REVIEWED.items()
    }
    return Choose(
        When(instance=Instance.APPEAL.value, then=began[Instance.APPEAL]),
        default=began[Instance.FIRST],
        output_field=DateTimeField(),
    )


def _ruled_at() -> Choose:
    """When staff ruled: a ruling that wants the goods back becomes a decision when they are."""
    opened = Return.objects.filter(case=OuterRef("case")).order_by("-id").values("opened_at")
    return Choose(
        When(return_needed=True, then=Coalesce(Subquery(opened[:1]), F("decided_at"))),
        default=F("decided_at"),
    )


def _appealed(found: Team, period: Period) -> None:
    """Appeals count for who decided first, when the appeal is decided."""
    first = Decision.objects.filter(case_id=OuterRef("case_id"), instance=Instance.FIRST)
    rows = Decision.objects.filter(
        instance=Instance.APPEAL, decided_at__gte=period.start, decided_at__lt=period.end
    ).annotate(
        who=Subquery(first.filter(decided_by_kind=ActorKind.STAFF).values("decided_by_ref")[:1])
    )
    for who, reason, outcome in rows.values_list("who", "case__reason", "appeal_outcome")[:MOST]:
        works = [found.queues[Instance.FIRST.value, reason], found.all]
        for work in [*works, found.people[who]] if who else works:
            work.appealed += 1
            work.changed += outcome == AppealOutcome.CHANGED
            work.reversed += outcome == AppealOutcome.REVERSED


def _looked_at(found: Team, period: Period) -> None:
    rows = QualityCheck.objects.filter(checked_at__gte=period.start, checked_at__lt=period.end)
    counted = rows.values("decided_by", "verdict").annotate(n=Count("pk")).order_by()
    for who, verdict, n in counted.values_list("decided_by", "verdict", "n"):
        for work in (found.people[who], found.all):
            if verdict == QualityVerdict.AGREE:
                work.agreed += n
            else:
                work.disagreed += n


def _held(found: Team, now: datetime) -> None:
    """What each has in hand: a lock whose time is over counts no more."""
    rows = Case.objects.filter(OPEN, assigned_until__gte=now).values("assignee_id").order_by()
    counted = rows.annotate(n=Count("pk"), late=Count("pk", filter=Q(reminders__gt=0)))
    for who, n, late in counted.values_list("assignee_id", "n", "late"):
        work = found.people[str(who)]
        work.has, work.overdue = n, late


def _waiting(found: Team) -> None:
    """What is open in each queue, at most MOST of it."""
    instances = {state.value: instance.value for instance, state in REVIEWED.items()}
    rows = Case.objects.filter(OPEN, state__in=instances).order_by()
    for state, reason, reminders in rows.values_list("state", "reason", "reminders")[:MOST]:
        work = found.queues[instances[state], reason]
        work.has += 1
        work.overdue += reminders > 0


def _names(refs: Iterable[str]) -> dict[str, str]:
    ids = [int(ref) for ref in refs if ref.isdecimal()]
    return {str(user.pk): str(user) for user in User.objects.filter(pk__in=ids)}
