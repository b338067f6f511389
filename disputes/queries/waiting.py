"""How much waits in each part of the queue, and how long the oldest has: for tabs and saved views.

A statement for each part that is asked about, over at most MOST + 1 rows of an index: a million
cases cost what a thousand do. Beyond MOST, what is told is of those first rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as Choose
from django.db.models import Count as Counted
from django.db.models import DateTimeField, F, Min, Q, When

from backoffice.rulebook.queries import book_in_force
from disputes.models import Case, SavedView
from disputes.queries.counts import MOST, Count
from disputes.queries.queue import Search, View, above_limit, narrowed, part

VIEWS = 30  # saved views that one person sees
# Parts whose cases wait for staff: how long is theirs to answer for.
OURS = (View.TO_DECIDE, View.TO_APPROVE, View.APPEALS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases, and since when the one waits that has waited longest."""

    count: Count
    oldest: datetime | None


def waiting(views: Iterable[View], now: datetime) -> dict[View, Waiting]:
    """For each of these parts."""
    return {view: _first_rows(view, {"all": Q()}, now)["all"] for view in views}


def saved_views(user_id: int) -> list[SavedView]:
    """One's own saved views and those of all staff, by name."""
    seen = SavedView.objects.filter(Q(owner_id=user_id) | Q(shared=True)).select_related("owner")
    return list(seen.order_by("name", "id")[:VIEWS])


def search_of(saved: SavedView) -> Search:
    """The search that was saved; what is no longer known asks for nothing."""
    known = {k: v for k, v in saved.search.items() if k in Search.__dataclass_fields__}
    view = known.pop("view", None)
    return Search(view=View(view) if view in list(View) else View.TO_DECIDE, **known)


def waiting_in(saved: Iterable[SavedView], user_id: int, now: datetime) -> dict[int, Waiting]:
    """For each saved view, by its id: of the most urgent of its part. A text is not looked for."""
    by_part: defaultdict[View, dict[str, Q]] = defaultdict(dict)
    for one in saved:
        search = search_of(one)
        if search.text or search.view is View.RESOLVED:
            continue
        asked = narrowed(search, user_id, now)
        if search.above_limit:
            asked &= above_limit(book_in_force(now))
        by_part[search.view][str(one.pk)] = asked
    found = {}
    for view, asked_for in by_part.items():
        for key, told in _first_rows(view, asked_for, now).items():
            found[int(key)] = told
    return found


def _first_rows(view: View, asked: Mapping[str, Q], now: datetime) -> dict[str, Waiting]:
    """Counts among the first MOST + 1 rows of a part."""
    marks = {f"is_{key}": _mark(q) for key, q in asked.items()}
    totals: dict[str, Counted | Min] = {}
    for key in asked:
        totals[f"n_{key}"] = Counted(f"is_{key}")
        totals[f"since_{key}"] = Min(f"is_{key}")
    rows = Case.objects.filter(part(view, now))
    rows = rows.order_by("waiting_since" if view in OURS else "expected_by").annotate(**marks)
    told = rows[: MOST + 1].aggregate(**totals)
    return {key: Waiting(Count(told[f"n_{key}"]), told[f"since_{key}"]) for key in asked}


def _mark(asked: Q) -> Choose | F:
    """Since when a row waits that is asked for; null for the others."""
    if not asked:
        return F("waiting_since")
    return Choose(When(asked, then=F("waiting_since")), output_field=DateTimeField())
