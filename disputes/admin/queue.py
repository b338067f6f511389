"""The queue and what is done from it: search, take the next case, look at what was set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from backoffice.common.errors import DomainError
from backoffice.common.templatetags.times import span
from disputes.admin.doors import Admin, actor_for, reader, render
from disputes.admin.present import Row, row
from disputes.admin.saved import shown_views
from disputes.admin.walk import query_of
from disputes.enums import Party
from disputes.forms import SavedViewForm, SearchForm
from disputes.lifecycle import PERMISSIONS, Verb
from disputes.models import Case
from disputes.queries import queue
from disputes.queries.counts import set_aside_count
from disputes.queries.queue import Search, View
from disputes.queries.reading import Unread, unread
from disputes.queries.waiting import OURS, waiting
from disputes.service import desk

TABS = {
    View.TO_DECIDE: gettext_noop("To decide"),
    View.TO_APPROVE: gettext_noop("To approve"),
    View.APPEALS: gettext_noop("Appeals"),
    View.COMMENTS: gettext_noop("Shown to both"),
    View.LATE: gettext_noop("Overdue"),
    View.LEAD: gettext_noop("For the lead"),
    View.OPEN: gettext_noop("All open"),
    View.RESOLVED: gettext_noop("Resolved"),
}
COUNTED = [view for view in TABS if view is not View.RESOLVED]


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the queue: its name, its address with the same filters, what waits there."""

    name: str
    address: str
    here: bool
    late: bool
    count: str
    oldest: str


def queue_page(admin: Admin, request: HttpRequest) -> HttpResponse:
    """Cases by time left, a page at a time."""
    now, user = timezone.now(), reader(request)
    form = SearchForm(request.GET, label_suffix="")
    search = form.search()
    if search.view is View.SET_ASIDE:
        return redirect("admin:disputes_case_set_aside")
    try:
        found = queue.page(search, user.pk, now)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("admin:disputes_case_queue")
    only = found.rows[0] if len(found.rows) == 1 else None
    if only and only.public_id == search.text.strip().upper():
        return redirect("admin:disputes_case_page", only.public_id)
    return render(
        admin,
        request,
        "queue.html",
        title=_("Queue"),
        form=form,
        search=search,
        rows=_rows(found.rows, now),
        resolved=_resolved_too(search),
        tabs=_tabs(request, search, now),
        views=shown_views(user.pk, search, now),
        view_form=SavedViewForm(label_suffix=""),
        query=query_of(search),
        next_page=_address(request, after=found.next) if found.next else "",
        first_page=_address(request, after=None) if search.after else "",
        narrowed=any((search.text, search.status, search.reason, search.assignee))
        or search.above_limit,
        set_aside=set_aside_count(),
        may_take=user.has_perm(PERMISSIONS[Verb.TAKE]),
    )


def set_aside_page(admin: Admin, request: HttpRequest) -> HttpResponse:
    """Cases whose step failed in the sweep, each with its error."""
    now, user = timezone.now(), reader(request)
    search = Search(view=View.SET_ASIDE, after=request.GET.get("after", ""))
    try:
        found = queue.page(search, user.pk, now)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("admin:disputes_case_set_aside")
    return render(
        admin,
        request,
        "set_aside.html",
        title=_("Set aside by the sweep"),
        rows=[row(case, now) for case in found.rows],
        next_page=_address(request, after=found.next) if found.next else "",
        may_put_back=user.has_perm(PERMISSIONS[Verb.PUT_BACK]),
    )


def take_next(admin: Admin, request: HttpRequest) -> HttpResponse:
    """Take the most urgent case nobody has, and open it."""
    actor = actor_for(request, Verb.TAKE)
    try:
        acted = desk.take_next(actor, timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("admin:disputes_case_queue")
    if acted is None:
        messages.info(request, _("Nothing is waiting: every case to decide is taken."))
        return redirect("admin:disputes_case_queue")
    if acted.refusal:
        messages.warning(request, acted.refusal.message)
    return redirect("admin:disputes_case_page", acted.public_id)


def put_back(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a case back to the sweep."""
    actor = actor_for(request, Verb.PUT_BACK)
    try:
        desk.put_case_back(public_id, actor, timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("%s goes back to the sweep.") % public_id)
    return redirect("admin:disputes_case_set_aside")


def _rows(cases: Sequence[Case], now: datetime) -> list[Row]:
    """The page's cases, with what staff have not read (one statement)."""
    new = unread([case.pk for case in cases], {Party.STAFF})
    nothing: Unread = {}
    return [row(case, now, new.get(case.pk, nothing).get(Party.STAFF, 0)) for case in cases]


def _resolved_too(search: Search) -> list[Row]:
    """Resolved cases that match a search of open ones, so that no search hides them."""
    if not search.text or search.view is View.RESOLVED or search.after:
        return []
    now = timezone.now()
    return [row(case, now) for case in queue.resolved_matches(search.text)]


def _tabs(request: HttpRequest, search: Search, now: datetime) -> list[Tab]:
    told = waiting(COUNTED, now)
    tabs = []
    for view, name in TABS.items():
        waits, address = told.get(view), _address(request, view=view.value, after=None)
        oldest = span(now - waits.oldest) if waits and waits.oldest and view in OURS else ""
        late = view is View.LATE and bool(waits and waits.count.rows)
        count = str(waits.count) if waits else ""
        tabs.append(Tab(_(name), address, view is search.view, late, count, oldest))
    return tabs


def _address(request: HttpRequest, **changes: str | None) -> str:
    """The queue's present address with some parameters changed; None takes one out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    path = request.path
    return f"{path}?{query.urlencode()}"
