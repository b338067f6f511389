"""Saved views: keep the search one looks at, and remove it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.common.errors import DomainError
from backoffice.common.templatetags.times import span
from disputes.admin.doors import Admin, reader
from disputes.admin.walk import listed, query_of
from disputes.forms import SavedViewForm
from disputes.models import SavedView
from disputes.queries.queue import Search
from disputes.queries.waiting import saved_views, search_of, waiting_in
from disputes.service.saved import forget_view, save_view


@dataclass(frozen=True, slots=True)
class Shown:
    """A saved view as the queue's page lists it."""

    view: SavedView
    address: str
    here: bool
    mine: bool
    count: str
    oldest: str


def shown_views(user_id: int, search: Search, now: datetime) -> list[Shown]:
    """The reader's saved views, with what waits in each."""
    views, here = saved_views(user_id), query_of(search)
    told = waiting_in(views, user_id, now)
    shown = []
    for view in views:
        query, waits = query_of(search_of(view)), told.get(view.pk)
        oldest = span(now - waits.oldest) if waits and waits.oldest else ""
        count = str(waits.count) if waits else ""
        address = reverse("admin:disputes_case_queue") + query
        mine = view.owner_id == user_id
        shown.append(Shown(view, address, query == here, mine, count, oldest))
    return shown


def save(admin: Admin, request: HttpRequest) -> HttpResponse:
    """Keep the search that the address names."""
    form, search = SavedViewForm(request.POST), listed(request)
    form.full_clean()
    name, shared = form.cleaned_data.get("name", ""), form.cleaned_data.get("shared", False)
    try:
        view = save_view(reader(request).pk, name, search, shared, timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Kept as “%s”.") % view.name)
    return HttpResponseRedirect(reverse("admin:disputes_case_queue") + query_of(search))


def forget(admin: Admin, request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove a saved view of one's own."""
    name = forget_view(reader(request).pk, view_id)
    messages.success(request, _("“%s” is removed.") % name)
    return HttpResponseRedirect(reverse("admin:disputes_case_queue"))
