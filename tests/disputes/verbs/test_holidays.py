"""The rulebook's holidays: whole days that count for neither side."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from backoffice.rulebook.engine.calendar import parse_holidays
from disputes.lifecycle import State
from disputes.models import Case
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.verbs.extensions import extend
from disputes.verbs.pausing import PauseFacts, pause_clock
from disputes.verbs.transition import waits
from tests.disputes.conftest import NOW
from tests.factories import buyer_of

DAY = timedelta(days=1)
# NOW is noon of the 1st.
FREE, PROBLEMS = parse_holidays({"country": "CN", "days_off": ["2026-03-03", "2026-03-08"]})


@pytest.fixture
def away(case: Case) -> Snapshot:
    """A case whose seller has five days, before any holiday was known."""
    known = snapshots.peek(case.public_id)
    return replace(known, book=replace(known.book, holidays=FREE))


def days(at: datetime | None) -> float:
    assert at is not None
    return (at - NOW) / DAY


@pytest.mark.parametrize(
    ("state", "due"),
    [(State.SELLER_TO_ANSWER, 6), (State.OFFER_TO_BUYER, 12), (State.UNDER_REVIEW, 2)],
)
def test_a_holiday_lengthens_the_sides_time_alone(away: Snapshot, state: State, due: int) -> None:
    assert days(waits(away, state, NOW).due_at) == due


def test_extend_does_not_count_a_holiday(away: Snapshot, case: Case) -> None:
    step = extend(away, buyer_of(case), NOW, hours=72, reason="Travel.")
    assert days(step.after.due_at) == 9  # five days, three more, and the 8th is free


def test_pause_over_a_holiday_counts_it_once(away: Snapshot) -> None:
    strike = PauseFacts(1, "", NOW + DAY, NOW + 3 * DAY, "Strike.")
    before = replace(away, now=replace(away.now, due_at=NOW + 4 * DAY))
    # Of the two days of strike one is the holiday, which the deadline has left out already.
    assert days(pause_clock(before, NOW, pause=strike).after.due_at) == 5


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ({"hours": {}}, "unknown key 'hours'"),
        ({"country": "XX"}, "no known holidays"),
        ({"days_off": ["soon"]}, "days_off lists dates"),
        ("CN", "must be a table"),
    ],
)
def test_holidays_that_cannot_be_say_what_is_wrong(written: object, wrong: str) -> None:
    _, problems = parse_holidays(written)
    assert (PROBLEMS, wrong in str(problems[0].message)) == ([], True)
    assert str(problems[0].message).startswith("holidays: ")
