"""More time: granted by the other side, or given by staff with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid
from backoffice.rulebook.engine.calendar import ALWAYS, add_working_time
from disputes.lifecycle import PAUSED_STATES, PLACES, Verb
from disputes.queries.known import Snapshot
from disputes.verbs.messages import required_text
from disputes.verbs.transition import Transition, require, updated

HOUR = timedelta(hours=1)


def extend(case: Snapshot, actor: Actor, now: datetime, *, hours: int, reason: str) -> Transition:
    """Move the present deadline by `hours`: the side that waits grants it, or staff give it.

    Holidays do not count where a side is waited for. All extensions of one wait together stay
    within the rulebook's *Extensions*. A review that staff were reminded of is late no more.
    """
    require(case, Verb.EXTEND, actor, now)
    reason = required_text(reason, "reason")
    left = longest(case) - case.now.extended_hours
    if not 0 < hours <= left:
        raise Invalid(
            _("This deadline can be moved by %d more hours.") % left
            if left > 0
            else _("This deadline can not be moved any further."),
            code="extension_out_of_range",
            field="hours",
            extra={"maximum": max(0, left)},
        )
    before, calendar = case.now.overdue_since or cast(datetime, case.now.due_at), ALWAYS
    if case.state in PAUSED_STATES:
        calendar = case.book.holidays
    due_at = add_working_time(before, hours * HOUR, calendar)
    if due_at <= now:
        raise Invalid(
            _("The time ended at %s UTC: that many hours more are over already, too.")
            % f"{before:%Y-%m-%d %H:%M}",
            code="extension_is_over",
            field="hours",
        )
    after = replace(
        case.now,
        due_at=due_at,
        extended_hours=case.now.extended_hours + hours,
        reminders=0,
        overdue_since=None,
    )
    data = {"hours": hours, "due_at": due_at, "reason": reason}
    return updated(case, after, actor, now, "case.deadline_extended", data, moves_deadline=True)


def longest(case: Snapshot) -> int:
    """How many hours the present wait's deadline may be moved in all."""
    waiting = str(PLACES[case.state].waiting)
    return case.book.evaluate("extensions", {"waiting": waiting}).number("longest")
