"""Staff's time limits: in working hours, escalated in levels, and never deciding."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backoffice.audit.queries import chain
from backoffice.rulebook.engine.calendar import parse_calendar
from disputes.lifecycle import State
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.holding import take
from disputes.verbs.transition import waits
from tests.disputes.conftest import NOW
from tests.disputes.reviewing import again, person, under_review

pytestmark = pytest.mark.django_db
OFFICE = parse_calendar(
    {
        "zone": "UTC",
        "days_off": ["2026-03-03"],
        "hours": {
            day: ["09:00-13:00", "14:00-18:00"]
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
        },
    }
)[0]


@pytest.fixture
def in_office() -> Snapshot:
    """A case whose rulebook knows office hours. NOW is a Sunday noon, Tuesday a day off."""
    case = snapshots.peek(under_review([10_000]).public_id)
    return replace(case, book=replace(case.book, calendar=OFFICE))


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (State.UNDER_REVIEW, datetime(2026, 3, 5, 9, tzinfo=UTC)),
        (State.TO_APPROVE, datetime(2026, 3, 4, 9, tzinfo=UTC)),
        (State.APPEAL_REVIEW, datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (State.SELLER_EVIDENCE, NOW + timedelta(days=5)),
    ],
)
def test_only_staff_wait_in_working_hours(in_office: Snapshot, state: State, due: datetime) -> None:
    assert waits(in_office, state, NOW).due_at == due


def test_a_late_review_is_escalated_level_by_level() -> None:
    case = under_review([10_000])
    act(take, case.public_id, person("Ann"), NOW)
    levels, holders = [], []
    for days in (3, 5, 7, 9):
        sweep_cases(NOW + timedelta(days=days))
        levels.append(chain("case", case.public_id).last().data["level"])
        holders.append(str(again(case).assignee))
    assert levels == ["REMIND", "REASSIGN", "LEAD", "LEAD"]
    assert holders == ["Ann", "None", "None", "None"]
    assert again(case).state == "UNDER_REVIEW"
