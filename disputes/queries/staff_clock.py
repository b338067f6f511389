"""How near staff's own time limits are: a warning in the last quarter of the working time."""

from __future__ import annotations

from datetime import datetime

from backoffice.rulebook.engine.calendar import in_last_quarter
from backoffice.rulebook.queries import book
from disputes.lifecycle import PLACES, STAFF_WAITS, State
from disputes.models import Case


def warned(case: Case, now: datetime) -> bool | None:
    """Whether at most a quarter of staff's working time is left; None where others are waited for.

    A limit that has passed is beyond a warning, but still within its last quarter.
    """
    if case.expected_by is None or PLACES[State(case.state)].waiting not in STAFF_WAITS:
        return None
    try:
        calendar = book(case.rulebook_number).calendar
    except Exception:  # noqa: BLE001  an unreadable case must not hide the others in the queue
        return None
    return in_last_quarter(case.waiting_since, case.expected_by, now, calendar)
