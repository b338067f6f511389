"""Facts that came while a case's own step failed are told when the case is put back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backoffice.audit.queries import chain
from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Order, OrderChange
from disputes.models import Case
from disputes.queries.snapshots import CaseUnreadable
from disputes.service.desk import put_case_back
from disputes.sweeps import follow_facts
from tests.disputes.conftest import NOW, adjudicator

HOUR = timedelta(hours=1)


def delivered(case: Case, at: datetime = NOW) -> None:
    """A delivery scan arrives, and is followed."""
    Order.objects.filter(pk=case.order_id).update(delivered_at=at)
    OrderChange.objects.create(order_id=case.order_id, kind=ChangeKind.DELIVERED, at=at)
    follow_facts(at)


def break_rulebook(case: Case, number: int = 99) -> None:
    Case.objects.filter(pk=case.pk).update(rulebook_number=number)


def told(case: Case) -> list[list[str]]:
    """The kinds of change of each note in the case's chain."""
    events = chain("case", case.public_id).filter(action="case.facts_changed")
    return [event.data["kinds"] for event in events]


def test_facts_of_a_failed_follow_are_told_after_put_back(case: Case) -> None:
    break_rulebook(case)
    delivered(case)
    assert told(case) == []
    break_rulebook(case, 1)
    put_case_back(case.public_id, adjudicator(), NOW + HOUR)
    assert told(case) == [["DELIVERED"]]
    event = chain("case", case.public_id).latest("seq")
    assert event.data["recommended"]["inputs"]["tracking"] == "DELIVERED"


def test_facts_already_told_are_not_told_again(case: Case) -> None:
    delivered(case)
    Case.objects.update(sweep_error="KeyError")
    put_case_back(case.public_id, adjudicator(), NOW + HOUR)
    assert told(case) == [["DELIVERED"]]


def test_nothing_is_told_where_nothing_came(case: Case) -> None:
    Case.objects.update(sweep_error="KeyError")
    put_case_back(case.public_id, adjudicator(), NOW + HOUR)
    assert told(case) == []


def test_put_back_is_refused_while_the_case_cannot_be_read(case: Case) -> None:
    break_rulebook(case)
    delivered(case)
    with pytest.raises(CaseUnreadable):
        put_case_back(case.public_id, adjudicator(), NOW + HOUR)
    assert Case.objects.get().sweep_error != ""
