"""What the staff's home says about cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from backoffice.common.templatetags.times import span
from disputes.admin.doors import reader
from disputes.admin.present import row
from disputes.lifecycle import PERMISSIONS, Verb
from disputes.queries.counts import last_reconciliation, most_urgent, workload

LATE = timedelta(hours=3)  # the reconciliation runs every hour


def cases_panel(request: HttpRequest) -> dict[str, Any] | None:
    """Counts, the most urgent cases, alarms; None for who may not see cases."""
    user, now = reader(request), timezone.now()
    if not user.has_perm("disputes.view_case"):
        return None
    counts = workload(user.pk, now)
    reconciled = last_reconciliation()
    return {
        "counts": counts,
        "urgent": [row(case, now) for case in most_urgent()],
        "oldest_wait": span(now - counts.oldest_wait) if counts.oldest_wait else "",
        "reconciled": reconciled,
        "not_looked": reconciled is not None and now - reconciled.at > LATE,
        "may_take": user.has_perm(PERMISSIONS[Verb.TAKE]),
    }
