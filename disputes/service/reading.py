"""Noting how far a side has read. No part of a case's history: no event, no new version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backoffice.common.errors import Invalid, NotFound
from disputes.enums import Party
from disputes.models import Case, Message, ReadMark


@transaction.atomic
def mark_read(public_id: str, side: Party, now: datetime, up_to: int | None = None) -> int:
    """`side` has read the messages up to number `up_to` (all there are); returns where it stands.

    A mark only moves forward; 0 while nobody has written. Raises NotFound, and Invalid for a
    message that is not this case's.
    """
    case_id = Case.objects.filter(public_id=public_id).values_list("id", flat=True).first()
    if case_id is None:
        raise NotFound("There is no such case.", code="case_not_found")
    messages = Message.objects.filter(case_id=case_id)
    if up_to is not None and not messages.filter(id=up_to).exists():
        raise Invalid(
            f"The case has no message {up_to}.", code="unknown_message", field="message_id"
        )
    last = up_to or messages.order_by("-id").values_list("id", flat=True).first()
    return _move(case_id, side, last, now) if last else 0


def _move(case_id: int, side: Party, last: int, now: datetime) -> int:
    mark, _ = ReadMark.objects.get_or_create(
        case_id=case_id, side=side, defaults={"message_id": last, "at": now}
    )
    behind = ReadMark.objects.filter(pk=mark.pk, message_id__lt=last)
    behind.update(message_id=last, at=now)
    return max(last, mark.message_id)
