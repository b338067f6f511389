"""What must hold of deadlines after every step of a walk."""

from __future__ import annotations

from datetime import datetime, timedelta

from backoffice.common.money import Money
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.calendar import due
from disputes.lifecycle import PLACES, STAFF_WAITS, State
from tests.disputes.walked import Row, Walked, moment


def deadlines_hold(seen: Walked, book: Rulebook) -> None:
    """An answer is expected when the rulebook's time for its wait is over, as extended and paused;

    an open offer or request for evidence is due when its case is.
    """
    for case in seen.cases:
        if case["due_at"] is None:
            assert case["expected_by"] is None
            continue
        due_at = moment(case["due_at"])
        late = case["overdue_since"] and moment(case["overdue_since"])
        expected_by = late or due_at
        assert expected_by == _due(case, seen, book), (case, expected_by, _due(case, seen, book))
        assert not late or late < due_at
        for asked in (*seen.of("offers", case), *seen.of("requests", case)):
            assert moment(asked["due_at"]) == due_at


def _due(case: Row, seen: Walked, book: Rulebook) -> datetime:
    waiting, since = PLACES[State(case["state"])].waiting, moment(case["waiting_since"])
    value = Money(case["requested_minor"], case["currency"])
    rule = book.evaluate("response_times", {"waiting": str(waiting), "value": value})
    limit = timedelta(hours=rule.number("limit"))
    ends = due(since, limit, book.calendar) if waiting in STAFF_WAITS else since + limit
    stood = sum(p["seconds"] for p in seen.of("paused", case) if moment(p["since"]) == since)
    return ends + timedelta(hours=case["extended_hours"], seconds=stood)
