"""The line of time on the case page: marks in their order, and a far guarantee drawn nearer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from disputes.admin.promise import Drawing, drawing
from disputes.queries import snapshots
from tests.disputes.admin.desk import case_to_decide

pytestmark = pytest.mark.django_db


def drawn(guaranteed_in: timedelta) -> Drawing:
    """A case to decide whose order is guaranteed so long from now."""
    case, now = case_to_decide(), timezone.now()
    facts = snapshots.peek(case.public_id).facts
    return drawing(case, replace(facts, deliver_by=now + guaranteed_in), [], now)


def places(line: Drawing) -> dict[str, float]:
    return {x.mark.what: float(x.x.rstrip("%")) for x in line.marks}


def test_marks_stand_in_the_order_of_time() -> None:
    line = drawn(timedelta(days=300))
    by_time = [mark.what for mark in line.told]
    assert sorted(places(line), key=lambda what: places(line)[what]) == by_time


def test_a_far_guarantee_stands_behind_a_cut() -> None:
    line = drawn(timedelta(days=300))
    at = places(line)
    assert at["Now"] < 84 < float(line.cut.rstrip("%")) < at["Guaranteed by"] == 99


@pytest.mark.parametrize("days", [-30, 1])
def test_a_guarantee_that_is_near_or_over_is_drawn_to_scale(days: int) -> None:
    assert drawn(timedelta(days=days)).cut == ""
