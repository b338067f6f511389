"""What can still be shown of a case whose facts cannot be put together."""

from __future__ import annotations

from dataclasses import dataclass

from backoffice.audit.queries import Entry, timeline
from backoffice.common.actors import ActorKind
from backoffice.common.errors import NotFound
from backoffice.common.money import Money
from disputes.models import Case, Message

LATEST = 50


@dataclass(frozen=True, slots=True)
class Remains:
    """The case's own row, what happened to it, and the latest messages, oldest first."""

    case: Case
    requested: Money
    happened: list[Entry]
    messages: list[Message]


def remains(public_id: str) -> Remains:
    """What rests on no rulebook and no fact of the order. Raises NotFound."""
    related = ("order", "seller", "buyer", "assignee")
    case = Case.objects.select_related(*related).filter(public_id=public_id).first()
    if case is None:
        raise NotFound("There is no such case.", code="case_not_found")
    written = Message.objects.filter(case_id=case.pk).order_by("-id")[:LATEST]
    return Remains(
        case,
        Money(case.requested_minor, case.currency),
        timeline("case", public_id, ActorKind.STAFF),
        list(written)[::-1],
    )
