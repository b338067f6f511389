"""The queue: open cases by time left, narrowed by what staff look for. One page, one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from backoffice.common.keyset import Page, following, keyset_page
from backoffice.common.money import MAX_MINOR, Money
from backoffice.orders.models import Buyer, Order, Seller, Shipment
from backoffice.orders.tracking_numbers import normalise
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.queries import book, book_in_force
from disputes.enums import Reason, Status
from disputes.lifecycle import LEVELS, OPEN_STATES, PLACES, State
from disputes.models import Case
from disputes.queries.counts import OPEN, SET_ASIDE, SWEPT, TO_DECIDE, free, late

PAGE = 25
FOUND = 100  # orders of one tracking number: more than a parcel can hold
BY_TIME_LEFT = ("expected_by", "id")
BY_FILING = ("-filed_at", "-id")
# Staff have been late so often that their lead is to see to it.
FOR_THE_LEAD = SWEPT & Q(reminders__gt=0) & Q(reminders__gte=len(LEVELS))
TO_APPROVE = (State.TO_APPROVE.value, State.APPEAL_TO_APPROVE.value)


class View(StrEnum):
    """The parts of the queue."""

    TO_DECIDE = "to-decide"
    TO_APPROVE = "to-approve"
    APPEALS = "appeals"
    COMMENTS = "comments"
    OPEN = "open"
    LATE = "late"
    LEAD = "lead"
    SET_ASIDE = "set-aside"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Search:
    """What staff look for; empty fields ask for nothing."""

    view: View = View.TO_DECIDE
    status: str = ""
    reason: str = ""
    assignee: str = ""  # "mine" or "nobody"
    above_limit: bool = False
    text: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The cases before and after one in a list, by public id; "" at an end."""

    previous: str
    next: str


def page(search: Search, user_id: int, now: datetime) -> Page[Case]:
    """One page of cases. Raises Invalid for a cursor that is not this list's."""
    rows = found(search, user_id, now)
    return keyset_page(_with_names(rows), _order(search), search.after or None, PAGE)


def found(search: Search, user_id: int, now: datetime) -> QuerySet[Case]:
    """All that `search` finds, in no order yet."""
    rows = Case.objects.filter(part(search.view, now), narrowed(search, user_id, now))
    if search.above_limit:
        rows = rows.filter(above_limit(book_in_force(now)))
    if search.text:
        rows = rows.filter(matching(search.text))
    return rows


def neighbours(search: Search, user_id: int, now: datetime, case: Case) -> Neighbours:
    """The cases around `case` in the list of `search`, whether or not it stands there itself."""
    rows, order = found(search, user_id, now).exclude(pk=case.pk), _order(search)
    if search.view is not View.RESOLVED and case.due_at is None:  # decided: it has left the list
        return Neighbours("", _first(rows.order_by(*order)))
    backwards = [name.removeprefix("-") if "-" in name else f"-{name}" for name in order]
    return Neighbours(
        _first(following(rows, backwards, case)), _first(following(rows, order, case))
    )


def next_to_work_on(search: Search, user_id: int, now: datetime, case: Case) -> str:
    """The case after `case` in the list of `search` that no colleague has taken; "" if none."""
    mine = found(search, user_id, now).filter(free(now) | Q(assignee_id=user_id))
    rows, order = mine.exclude(pk=case.pk), _order(search)
    after = _first(following(rows, order, case)) if case.due_at else ""
    return after or _first(rows.order_by(*order))


def _order(search: Search) -> tuple[str, ...]:
    return BY_FILING if search.view is View.RESOLVED else BY_TIME_LEFT


def _first(rows: QuerySet[Case]) -> str:
    return rows.values_list("public_id", flat=True).first() or ""


def resolved_matches(text: str, limit: int = 5) -> list[Case]:
    """The latest resolved cases that match `text`: a search of open ones should not hide them."""
    rows = Case.objects.filter(matching(text), due_at=None).order_by(*BY_FILING)
    return list(_with_names(rows)[:limit])


def next_unassigned(now: datetime) -> QuerySet[Case]:
    """The most urgent case that staff must decide and nobody has now."""
    rows = Case.objects.filter(TO_DECIDE, free(now), sweep_error="")
    return rows.order_by(*BY_TIME_LEFT)


def matching(text: str) -> Q:
    """Cases found by a case id (or how it begins), an order, a party or a tracking number.

    Exact ids and one prefix: each is a look-up in an index, however many cases there are.
    """
    text = text.strip()
    number = normalise(text)
    shipments = Shipment.objects.filter(tracking_number__in={text, number}, order__isnull=False)
    orders = {*_ids(Order.objects.filter(external_id=text))}
    orders |= {*shipments.values_list("order_id", flat=True)[:FOUND]}
    sellers, buyers = (_ids(m.objects.filter(external_id=text)) for m in (Seller, Buyer))
    found = Q(pk=None)
    if number.startswith("RD-") and len(number) > 3:
        found |= Q(public_id__startswith=number)
    for column, ids in (("order", orders), ("seller", sellers), ("buyer", buyers)):
        if ids:
            found |= Q(**{f"{column}_id__in": list(ids)})
    return found


def above_limit(rules: Rulebook) -> Q:
    """Cases claiming what, in `rules`, takes a senior adjudicator to grant in full."""
    found = Q(pk=None)
    for currency in rules.rates.rates:
        lowest = _lowest_above_limit(rules, currency)
        if lowest is not None:
            found |= Q(currency=currency, requested_minor__gte=lowest)
    return found


def needs_two(case: Case) -> bool:
    """Whether granting the claim in full is above the approval limit of the case's rulebook."""
    try:
        rules = book(case.rulebook_number)
    except Exception:  # noqa: BLE001  an unreadable case must not hide the others in the queue
        return False
    return _above(rules, Money(case.requested_minor, case.currency))


def _above(rules: Rulebook, amount: Money) -> bool:
    return rules.evaluate("approval_limit", {"value": amount}).text("decided_by") == "TWO_STAFF"


def _lowest_above_limit(rules: Rulebook, currency: str) -> int | None:
    """The least amount of `currency`, in minor units, for which the limit asks for two.

    Found by halving: the more is at stake, the more it asks for.
    """
    low, high = 0, MAX_MINOR // 1000  # far above any limit, and still within range when converted
    if not _above(rules, Money(high, currency)):
        return None
    while low + 1 < high:
        middle = (low + high) // 2
        above = _above(rules, Money(middle, currency))
        low, high = (low, middle) if above else (middle, high)
    return high


def part(view: View, now: datetime) -> Q:
    """The cases of a part of the queue."""
    return {
        View.TO_DECIDE: TO_DECIDE & SWEPT,
        View.TO_APPROVE: SWEPT & Q(state__in=TO_APPROVE),
        View.APPEALS: SWEPT & Q(state=State.APPEAL_REVIEW.value),
        View.COMMENTS: SWEPT & Q(state=State.PROPOSED.value),
        View.OPEN: SWEPT,
        View.LATE: late(now),
        View.LEAD: FOR_THE_LEAD,
        View.SET_ASIDE: SET_ASIDE & OPEN,
        View.RESOLVED: Q(due_at=None),
    }[view]


def narrowed(search: Search, user_id: int, now: datetime) -> Q:
    """The filters that the case's own columns answer."""
    asked = Q()
    if search.status:
        asked &= Q(state__in=_states(search.status))
    if search.reason == Reason.NOT_RECEIVED.value:
        asked &= Q(reason=search.reason)
    elif search.reason:
        asked &= Q(sub_reason=search.reason)
    if search.assignee == "mine":
        # Resolved cases stay with whoever had them; of the others he has those he holds.
        asked &= Q(assignee_id=user_id) & (Q(assigned_until__gte=now) | Q(due_at=None))
    elif search.assignee == "nobody":
        asked &= free(now)
    return asked


def _states(status: str) -> list[State]:
    return sorted(s for s in OPEN_STATES if PLACES[s].status == Status(status))


def _with_names(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.select_related("order", "seller", "buyer", "assignee")


def _ids(rows: QuerySet[Order] | QuerySet[Seller] | QuerySet[Buyer]) -> list[int]:
    return [row.pk for row in rows.only("pk")]
