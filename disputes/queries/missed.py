"""What a case was not told of: facts that came while its own step failed, or are no news to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from backoffice.audit.models import Event
from backoffice.audit.queries import chain
from backoffice.common.canonical import canonical_json
from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import OrderChange
from disputes.models import Case
from disputes.queries.known import Snapshot

NOTED = "case.facts_changed"
# A claim about a replacement says at filing what was known of it then.
TOLD = (NOTED, "case.filed", "case.filed_to_show")
# What may be of another parcel than a case is about.
OF_PARCELS = {ChangeKind.SHIPPED, ChangeKind.DELIVERED, ChangeKind.TRACKING, ChangeKind.PARCEL}


def missed_facts(case: Snapshot) -> tuple[str, ...]:
    """The kinds of changes fed since the case last noted facts, if the facts now say otherwise.

    Refunds are not among them: they are counted by their amounts, whatever happened between.
    """
    told = chain("case", case.public_id).filter(action=NOTED).order_by("-seq").first()
    if told and _same(case, told.data):
        return ()
    filed_at = Case.objects.values_list("filed_at", flat=True).get(id=case.id)
    since = _kinds(case, told.at) if told else ()
    kinds = since or _kinds(case, filed_at)
    return news(case, kinds, last_told([case]))


def last_told(cases: Iterable[Snapshot]) -> dict[str, Mapping[str, Any]]:
    """What each case about a replacement was last told of it, by public id; one statement, and

    none where there is no such case.
    """
    ids = [case.public_id for case in cases if case.facts.replaced_at]
    if not ids:
        return {}
    events = Event.objects.filter(subject_kind="case", subject_id__in=ids, action__in=TOLD)
    return dict(events.order_by("seq").values_list("subject_id", "data"))


def news(
    case: Snapshot, kinds: Iterable[str], told: Mapping[str, Mapping[str, Any]]
) -> tuple[str, ...]:
    """What of these `kinds` of changes of its order is news to the case, each once; () for nothing.

    One about a replacement hears of parcels what its own did since it was `told` (`last_told`) of
    them, any other case what the order as a whole did.
    """
    if not case.facts.replaced_at:
        return tuple(dict.fromkeys(kind for kind in kinds if kind != ChangeKind.PARCEL))
    others = dict.fromkeys(kind for kind in kinds if kind not in OF_PARCELS)
    return (*_moved(case, told.get(case.public_id, {})), *others)


def _moved(case: Snapshot, told: Mapping[str, Any]) -> tuple[str, ...]:
    """What the case's own parcels did since it was `told` of them: the last of it."""
    if _same(case, told):
        return ()
    if case.facts.delivered_at:
        return (ChangeKind.DELIVERED.value,)
    moving = case.facts.tracking == "MOVING"
    return (ChangeKind.SHIPPED.value if moving else ChangeKind.TRACKING.value,)


def _same(case: Snapshot, told: Mapping[str, Any]) -> bool:
    facts = {"tracking": case.facts.tracking, "delivered_at": case.facts.delivered_at}
    return canonical_json({key: told.get(key) for key in facts}) == canonical_json(facts)


def _kinds(case: Snapshot, since: datetime) -> tuple[str, ...]:
    changes = OrderChange.objects.filter(order_id=case.facts.order_id, at__gte=since)
    kinds = changes.exclude(kind=ChangeKind.REFUNDED).order_by("id").values_list("kind", flat=True)
    return tuple(dict.fromkeys(map(str, kinds)))
