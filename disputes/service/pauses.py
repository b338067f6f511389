"""Declaring pauses, and stopping the clocks that they stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.audit import service as audit
from backoffice.common.actors import Actor
from backoffice.common.bulk import among
from backoffice.common.errors import Invalid, Refused
from disputes.models import Pause
from disputes.queries import snapshots
from disputes.queries.known import Snapshot
from disputes.queries.pauses import (
    LOOKED_FOR,
    current_pauses,
    meeting,
    stopped_already,
    to_pause,
)
from disputes.service.commit import commit
from disputes.verbs.messages import required_text
from disputes.verbs.pausing import PauseFacts, pause_clock

SUBJECT = "pause"
LONGEST_REASON, LONGEST_CARRIER = 200, 60
LONGEST = timedelta(days=366)  # a slip of the pen must not stop clocks for a century
FURTHEST = 2 * LONGEST  # ... nor be declared for a time that nobody foresees


def declare_pause(
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    actor: Actor,
    now: datetime,
    carrier: str = "",
) -> Pause:
    """Let the sides' clocks stand still from `starts_at` to `ends_at`, for one carrier or for all.

    The next sweep moves the deadlines. Raises Invalid, and Refused where it meets another pause
    that stops the same clocks.
    """
    reason, carrier = required_text(reason, "reason", LONGEST_REASON), carrier.strip()
    if len(carrier) > LONGEST_CARRIER:
        required_text(carrier, "carrier", LONGEST_CARRIER)
    with transaction.atomic():
        _check(starts_at, ends_at, carrier, now)
        pause = Pause.objects.create(
            starts_at=starts_at,
            ends_at=ends_at,
            carrier=carrier,
            reason=reason,
            declared_by=actor.ref,
            declared_at=now,
        )
        data = {"reason": reason, "carrier": carrier, "from": starts_at, "until": ends_at}
        event = audit.NewEvent(SUBJECT, str(pause.pk), "pause.declared", actor, now, data)
        audit.append([event])
    return pause


def _check(starts_at: datetime, ends_at: datetime, carrier: str, now: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid(_("A pause ends after it starts."), code="empty_pause", field="ends_at")
    if ends_at > now + FURTHEST:  # first: what lies at the end of all time cannot be reckoned with
        raise Invalid(
            _("A pause ends at most %d days from now; declare a later one when it comes nearer.")
            % FURTHEST.days,
            code="pause_too_far",
            field="ends_at",
        )
    if ends_at - starts_at > LONGEST:
        raise Invalid(
            _("A pause lasts at most %d days; declare the rest when it comes.") % LONGEST.days,
            code="pause_too_long",
            field="ends_at",
        )
    if ends_at <= now - LOOKED_FOR:
        raise Invalid(
            _("It ended more than a day ago: clocks that it should have stopped have run out."),
            code="pause_is_over",
            field="ends_at",
        )
    for other in meeting(starts_at, ends_at, carrier):
        raise Refused(
            _("It meets another pause, until %(ends_at)s UTC: %(reason)s")
            % {"ends_at": f"{other.ends_at:%Y-%m-%d %H:%M}", "reason": other.reason},
            code="pauses_meet",
        )


def pause_clocks_of(public_id: str, now: datetime, since: datetime | None = None) -> bool:
    """Stop the case's clock where a pause does and no sweep has come by yet; whether one did.

    So nobody is told a deadline that will move by itself. `since` then no sweep came by at all.
    Call it in a transaction.
    """
    stopped = False
    for pause in current_pauses(now, since):
        found = snapshots.locked(to_pause(pause).filter(public_id=public_id), 1)
        commit([pause_clock(case, now, pause=facts) for case, facts in _facts(pause, found.cases)])
        stopped |= bool(found.cases)
    return stopped


def still_to_pause(cases: Sequence[Snapshot], now: datetime) -> dict[int, PauseFacts]:
    """Which of these cases a pause has still to stop, by id: the first such pause."""
    found: dict[int, PauseFacts] = {}
    pauses = list(current_pauses(now)) if cases else []
    for pause in pauses:
        rows = to_pause(pause).filter(id__in=among([case.id for case in cases]))
        these = set(rows.values_list("id", flat=True)) - set(found)
        met = _facts(pause, [case for case in cases if case.id in these])
        found |= {case.id: facts for case, facts in met}
    return found


def facts_of(pause: Pause, cases: Sequence[Snapshot]) -> dict[int, PauseFacts]:
    """The pause, as the verb sees it for each of these cases, by id."""
    return {case.id: facts for case, facts in _facts(pause, cases)}


def _facts(pause: Pause, cases: Sequence[Snapshot]) -> list[tuple[Snapshot, PauseFacts]]:
    told = (pause.pk, pause.carrier, pause.starts_at, pause.ends_at, pause.reason)
    stopped = stopped_already(cases)
    return [(case, PauseFacts(*told, stopped.get(case.id, ()))) for case in cases]
