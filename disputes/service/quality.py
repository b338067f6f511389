"""Writing down a second look."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backoffice.audit.service import NewEvent, append
from backoffice.common.actors import Actor
from backoffice.common.errors import NotFound
from disputes.models import QualityCheck
from disputes.queries.quality import deciders
from disputes.verbs.quality import judge

SUBJECT = "quality_check"


def look_again(check_id: int, actor: Actor, now: datetime, *, verdict: str, note: str) -> str:
    """Record the verdict on one decision; returns the case's public id.

    It has a chain of its own: the case is not changed by it, nor does a page of it become stale.
    Raises NotFound and `judge`'s errors.
    """
    with transaction.atomic():
        rows = QualityCheck.objects.select_for_update(of=("self",))
        check = rows.select_related("decision__case").filter(pk=check_id).first()
        if check is None:
            raise NotFound("There is no such second look.", code="check_not_found")
        judge(check, actor, verdict, note, now, deciders(check.decision.case_id))
        check.save()
        public_id = check.decision.case.public_id
        data = {"case": public_id, "instance": check.decision.instance, "verdict": verdict}
        event = NewEvent(SUBJECT, str(check.pk), "quality.checked", actor, now, data)
        append([event])
    return public_id
