"""The team page: what was open, decided and reversed in a period, by queue and by person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.common.templatetags.times import span
from disputes.admin.charts import Bar, bars, columns, share, stretches
from disputes.admin.doors import Admin, reader, render
from disputes.admin.queue import TABS
from disputes.enums import Instance, Reason
from disputes.forms import PeriodForm
from disputes.queries.queue import View
from disputes.queries.team import Period, Work, team
from disputes.queries.waiting import OURS, waiting

PERMISSION = "disputes.adjudicate_above_limit"  # seniors lead; auditors read the chain
DAYS = (7, 30, 90)
QUEUES = (View.TO_DECIDE, View.TO_APPROVE, View.APPEALS, View.LATE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: whose, and its numbers with their pictures."""

    name: str
    work: Work
    decided: Bar
    took: Bar
    slowest: str
    reversed: str
    agreed: str


def team_page(admin: Admin, request: HttpRequest) -> HttpResponse:
    """The page, for those who lead. Raises PermissionDenied."""
    if not reader(request).has_perm(PERMISSION):
        raise PermissionDenied(_("Your role does not allow this."))
    now = timezone.now()
    asked = PeriodForm(request.GET)
    period = _period(asked, now)
    days = {"since": period.days()[0], "until": period.days()[-1]}
    found = team(period, now)
    people = sorted(found.people.items(), key=lambda item: -item[1].decided)
    queues = sorted(found.queues.items())
    return render(
        admin,
        request,
        "team.html",
        title=_("Team"),
        form=PeriodForm(initial=days, label_suffix=""),
        period=period,
        last_day=period.days()[-1],
        days=DAYS,
        now_waiting=_now_waiting(now),
        total=_lines([(_("All"), found.all)])[0],
        chart=columns(found.days),
        people=_lines((found.names.get(ref, _("Staff")), work) for ref, work in people),
        queues=_lines((_queue_name(*key), work) for key, work in queues),
    )


def _period(form: PeriodForm, now: datetime) -> Period:
    """What the form asks for; the last thirty days, today with them, where it asks for nothing."""
    zone = timezone.get_current_timezone()
    today = timezone.localtime(now).date()
    form.full_clean()
    asked = form.cleaned_data
    last = min(asked.get("until") or today, today)
    length = asked.get("days") or 30
    first = asked.get("since") or last - timedelta(days=length - 1)
    first = max(min(first, last), last - timedelta(days=PeriodForm.LONGEST - 1))
    start, end = (datetime.combine(d, time(), zone) for d in (first, last + timedelta(days=1)))
    return Period(start, end, zone)


def _now_waiting(now: datetime) -> list[tuple[str, str, str, str]]:
    told = waiting(QUEUES, now)
    return [
        (
            view.value,
            _(TABS[view]),
            str(told[view].count),
            span(now - oldest) if (oldest := told[view].oldest) and view in OURS else "",
        )
        for view in QUEUES
    ]


def _lines(named: Iterable[tuple[str, Work]]) -> list[Line]:
    rows = list(named)
    decided = bars([work.decided for _name, work in rows])
    took = stretches(
        [(t.median, t.ninth_tenth) if (t := work.times) else None for _name, work in rows]
    )
    return [
        Line(
            name,
            work,
            decided[i],
            took[i],
            span(work.times.ninth_tenth) if work.times else "–",
            share(work.reversed, work.appealed),
            share(work.agreed, work.agreed + work.disagreed),
        )
        for i, (name, work) in enumerate(rows)
    ]


def _queue_name(instance: str, reason: str) -> str:
    return f"{Instance(instance).label}: {Reason(reason).label}"
