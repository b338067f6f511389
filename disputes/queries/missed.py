"""What a case was not told of: facts that came while its own step failed."""

from __future__ import annotations

from datetime import datetime

from backoffice.audit.queries import chain
from backoffice.common.canonical import canonical_json
from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import OrderChange
from disputes.models import Case
from disputes.queries.known import Snapshot

NOTED = "case.facts_changed"


def missed_facts(case: Snapshot) -> tuple[str, ...]:
    """The kinds of changes fed since the case last noted facts, if the facts now say otherwise.

    Refunds are not among them: they are counted by their amounts, whatever happened between.
    """
    told = chain("case", case.public_id).filter(action=NOTED).order_by("-seq").first()
    facts = {"tracking": case.facts.tracking, "delivered_at": case.facts.delivered_at}
    if told and canonical_json({key: told.data[key] for key in facts}) == canonical_json(facts):
        return ()
    filed_at = Case.objects.values_list("filed_at", flat=True).get(id=case.id)
    since = _kinds(case, told.at) if told else ()
    return since or _kinds(case, filed_at)


def _kinds(case: Snapshot, since: datetime) -> tuple[str, ...]:
    changes = OrderChange.objects.filter(order_id=case.facts.order_id, at__gte=since)
    kinds = changes.exclude(kind=ChangeKind.REFUNDED).order_by("id").values_list("kind", flat=True)
    return tuple(dict.fromkeys(map(str, kinds)))
