"""A second look at a share of what staff decide: drawn by the case's id, so that nobody chooses."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Forbidden, Invalid, Refused
from backoffice.rulebook.engine.columns import Fact
from disputes.enums import Instance, QualityVerdict
from disputes.models import QualityCheck
from disputes.queries.known import Snapshot, ruling_reason
from disputes.verbs.messages import required_text
from disputes.verbs.transition import Belonging

CHECK = "disputes.adjudicate_case"


def drawn(case: Snapshot, instance: Instance = Instance.FIRST) -> bool:
    """Whether a decision of staff on this case is looked at again, by *Quality sample*."""
    inputs: dict[str, Fact] = {
        "reason": ruling_reason(case.reason, case.sub_reason),
        "value": case.requested,
    }
    share = case.book.evaluate("quality_sample", inputs).number("share")
    return lot(case.public_id, instance) < share


def second_look(case: Snapshot, values: Mapping[str, Any]) -> tuple[Belonging, ...]:
    """The check that goes with the decision in `values`, if staff made it and it is drawn."""
    instance = Instance(values["instance"])
    if values["decided_by_kind"] != ActorKind.STAFF or not drawn(case, instance):
        return ()
    row = {"drawn_at": values["decided_at"], "decided_by": values["decided_by_ref"]}
    return (Belonging(QualityCheck, "decision_id", (row,)),)


def lot(public_id: str, instance: Instance) -> int:
    """The decision's place among a hundred: the same whenever asked for, and evenly spread."""
    digest = hashlib.sha256(f"{public_id}:{instance}:quality".encode()).digest()
    return int.from_bytes(digest[:8]) % 100


def judge(
    check: QualityCheck,
    actor: Actor,
    verdict: str,
    note: str,
    now: datetime,
    deciders: Collection[str],
) -> None:
    """Say whether one would have decided so, and why; nothing about the case changes.

    `deciders` had a part in a decision on the case, this one or another. Raises Refused for one
    that was looked at, Forbidden for a decider, Invalid for an unknown verdict or an empty note.
    """
    if actor.kind != ActorKind.STAFF or CHECK not in actor.permissions:
        raise Forbidden(_("Your role does not allow this."))
    if check.verdict:
        raise Refused(_("Somebody has looked at it already."), code="already_checked")
    if actor.ref in deciders:
        raise Forbidden(
            _("Whoever had a part in a decision on the case does not look at it again."),
            code="conflict_of_interest",
        )
    if verdict not in QualityVerdict.values:
        raise Invalid("Say AGREE or DISAGREE.", code="unknown_verdict", field="verdict")
    check.note = required_text(note, "note")
    check.verdict, check.checked_by, check.checked_at = verdict, actor.ref, now
