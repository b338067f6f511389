"""How far each side has read, and what it has not: one statement for any number of cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import BigIntegerField, Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from backoffice.common.bulk import among
from disputes.enums import Party
from disputes.models import Message, ReadMark

Unread = dict[str, int]
"""By side (a Party), how many messages of the others it has not read."""


def unread(case_ids: Iterable[int], sides: Collection[str]) -> dict[int, Unread]:
    """For each case what each of `sides` has not read; a case where nobody wrote is left out."""
    asked = sorted(map(str, sides))
    counts = {f"unread_{side}": Count("id", filter=_unread_by(side)) for side in asked}
    rows = Message.objects.filter(case_id__in=among(case_ids)).values("case_id").order_by()
    counted = rows.annotate(**counts).values_list("case_id", *counts)
    return {row[0]: dict(zip(asked, row[1:], strict=True)) for row in counted}


def unread_in(case_id: int, sides: Collection[str]) -> Unread:
    """The same for one case; zeros where nobody wrote."""
    return unread([case_id], sides).get(case_id, dict.fromkeys(map(str, sides), 0))


def unread_of(public_id: str, side: Party) -> int:
    """How many messages of the case called `public_id` the side has not read."""
    messages = Message.objects.filter(case__public_id=public_id)
    return messages.filter(_unread_by(side)).count()


def read_up_to(case_id: int, side: Party) -> int:
    """The last message that `side` has read; 0 if none."""
    marks = ReadMark.objects.filter(case_id=case_id, side=side)
    return marks.values_list("message_id", flat=True).first() or 0


def _unread_by(side: str) -> Q:
    """Whether a message is another's and stands after the side's mark."""
    mark = ReadMark.objects.filter(case_id=OuterRef("case_id"), side=side).values("message_id")
    up_to = Coalesce(Subquery(mark), Value(0), output_field=BigIntegerField())
    return ~Q(author=side) & Q(id__gt=up_to)
