"""More time: asked for by a side, granted by the other, or given by staff with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid, Refused
from backoffice.rulebook.engine.calendar import ALWAYS, add_working_time
from disputes.lifecycle import PAUSED_STATES, PLACES, Verb
from disputes.queries.known import Snapshot
from disputes.verbs.consent import by_consent, may_grant
from disputes.verbs.messages import required_text
from disputes.verbs.transition import NO_EXTENSION_ASKED, Transition, require, updated

HOUR = timedelta(hours=1)


class NotAskedFor(Refused):
    """Both sides are waited for, and the other has not asked for more time."""

    code = "extension_not_asked"


def ask_extension(
    case: Snapshot, actor: Actor, now: datetime, *, hours: int, reason: str
) -> Transition:
    """Ask for `hours` more: the other side or staff may give them. No clock stops.

    It stands until it is granted, the wait ends, or a side asks anew (the other's, too, is then
    answered by this one). Raises Invalid beyond the rulebook's *Extensions*.
    """
    require(case, Verb.ASK_EXTENSION, actor, now)
    reason = required_text(reason, "reason")
    _check(case, hours)
    after = replace(case.now, extension_asked_by=actor.kind.value, extension_asked_hours=hours)
    data = {"hours": hours, "reason": reason}
    return updated(case, after, actor, now, "case.extension_asked", data)


def extend(case: Snapshot, actor: Actor, now: datetime, *, hours: int, reason: str) -> Transition:
    """Move the present deadline by `hours`: the side that waits grants it, or staff give it.

    Where both sides are waited for, one agrees to what the other asked for, and to no more (raises
    NotAskedFor, Invalid). Holidays do not count where a side is waited for. All extensions of one
    wait together stay within the rulebook's *Extensions*. It answers what was asked for. A review
    that staff were reminded of is late no more.
    """
    require(case, Verb.EXTEND, actor, now)
    reason = required_text(reason, "reason")
    if not may_grant(actor.kind, case.now):
        raise NotAskedFor(_("The other side has to ask for more time first."))
    asked = case.now.extension_asked_hours if by_consent(actor.kind, case.now) else None
    _check(case, hours, asked)
    due_at = _moved(case, now, hours)
    after = replace(
        case.now,
        due_at=due_at,
        extended_hours=case.now.extended_hours + hours,
        reminders=0,
        overdue_since=None,
        **NO_EXTENSION_ASKED,
    )
    data = {"hours": hours, "due_at": due_at, "reason": reason}
    return updated(case, after, actor, now, "case.deadline_extended", data, moves_deadline=True)


def hours_left(case: Snapshot) -> int:
    """By how many hours the present deadline may still be moved; 0 if no further."""
    waiting = str(PLACES[case.state].waiting)
    longest = case.book.evaluate("extensions", {"waiting": waiting}).number("longest")
    return max(0, longest - case.now.extended_hours)


def _moved(case: Snapshot, now: datetime, hours: int) -> datetime:
    """The deadline, moved from where it first was. Raises Invalid if it would be over already."""
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
    return due_at


def _check(case: Snapshot, hours: int, asked: int | None = None) -> None:
    """Raises Invalid, with the most that is possible, beyond what is left or was asked for."""
    left = hours_left(case)
    most = left if asked is None else min(left, asked)
    if 0 < hours <= most:
        return
    if most < left:
        told = _("The other side asked for %d more hours.") % most
    elif left:
        told = _("This deadline can be moved by %d more hours.") % left
    else:
        told = _("This deadline can not be moved any further.")
    raise Invalid(told, code="extension_out_of_range", field="hours", extra={"maximum": most})
