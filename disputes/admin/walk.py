"""The list a reader walks through, case by case: it travels in the address of every case page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from disputes.admin.doors import reader
from disputes.forms import SearchForm
from disputes.models import Case
from disputes.queries import queue
from disputes.queries.queue import Neighbours, Search, View


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the case stands in the reader's list; `query` is the list, for addresses."""

    query: str
    queue_url: str
    previous_url: str
    next_url: str

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The list, for the hidden fields of a form that asks by GET."""
        return parse_qsl(self.query.removeprefix("?"))


def listed(request: HttpRequest) -> Search:
    """The list that the address names; all there is to decide, if it names none."""
    return SearchForm(request.GET).search()


def query_of(search: Search) -> str:
    """`search` as the end of an address, "?view=..."; "" for the list that is there anyway."""
    named = {name: value for name, value in asdict(search).items() if value and name != "after"}
    if search.above_limit:
        named["above_limit"] = "on"
    if search.view is View.TO_DECIDE:
        del named["view"]
    return f"?{urlencode(named)}" if named else ""


def walk(request: HttpRequest, case: Case, now: datetime) -> Walk:
    """The reader's list around `case`."""
    search = listed(request)
    query = query_of(search)
    around: Neighbours = queue.neighbours(search, reader(request).pk, now, case)
    return Walk(
        query,
        reverse("admin:disputes_case_queue") + query,
        _page(around.previous, query),
        _page(around.next, query),
    )


def back_to(request: HttpRequest, public_id: str) -> HttpResponseRedirect:
    """To the page of that case, in the same list."""
    return HttpResponseRedirect(_page(public_id, query_of(listed(request))))


def next_of(request: HttpRequest, public_id: str, now: datetime) -> str:
    """The case of the reader's list to go on with after that one; "" if there is none."""
    case = Case.objects.get(public_id=public_id)
    return queue.next_to_work_on(listed(request), reader(request).pk, now, case)


def on_from(request: HttpRequest, public_id: str, next_id: str) -> HttpResponseRedirect:
    """From that case to the next of the list; to the list, where nothing is left of it.

    The address says whence one comes: a copy that the browser loaded ahead would not say what was
    done there.
    """
    query = query_of(listed(request))
    if not next_id:
        return HttpResponseRedirect(reverse("admin:disputes_case_queue") + query)
    come = f"{query}&" if query else "?"
    return HttpResponseRedirect(f"{_page(next_id, come)}from={public_id}")


def _page(public_id: str, query: str) -> str:
    return reverse("admin:disputes_case_page", args=[public_id]) + query if public_id else ""
