"""Opening and closing remedies: the guard that no order line is compensated twice at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from backoffice.common.bulk import append, update
from backoffice.common.errors import Refused
from backoffice.orders.enums import RemedyKind
from backoffice.orders.models import OrderLine, Remedy

COLUMNS = ("line_id", "kind", "owner", "opened_at", "closed_at", "paid_minor")


def open_remedies(line_ids: Sequence[int], kind: RemedyKind, owner: str, now: datetime) -> None:
    """Open `owner`'s remedy on each line, in the caller's transaction.

    Raises Refused naming the line where one is open already; the database decides, whatever runs
    at once.
    """
    rows = [(line_id, kind.value, owner, now, None, 0) for line_id in line_ids]
    try:
        with transaction.atomic():
            append(Remedy, COLUMNS, rows)
    except IntegrityError as error:
        raise _already_open(line_ids) from error


def close_remedies(closing: Sequence[tuple[str, int, int]], now: datetime) -> None:
    """Close remedies by (owner, line id, minor units paid for the line), all at once.

    Raises Refused if one of them is not open.
    """
    rows = [(owner, line_id, now, paid) for owner, line_id, paid in closing]
    columns = ("closed_at", "paid_minor")
    only = "t.closed_at IS NULL"
    if update(Remedy, ("owner", "line_id"), columns, rows, only=only) != len(rows):
        raise Refused(_("A remedy was closed already; look at it again."), code="remedy_not_open")


def reopen_remedies(reopening: Sequence[tuple[str, int]]) -> None:
    """Open remedies again by (owner, line id), all at once; what they paid stays said.

    Raises Refused naming the line where a newer one is open, and where one is not there.
    """
    rows = [(owner, line_id, None) for owner, line_id in reopening]
    only = "t.closed_at IS NOT NULL"
    try:
        with transaction.atomic():
            if update(Remedy, ("owner", "line_id"), ("closed_at",), rows, only=only) != len(rows):
                raise Refused(_("A remedy is open already."), code="remedy_already_open")
    except IntegrityError as error:
        raise _already_open([line_id for _owner, line_id in reopening]) from error


def _already_open(line_ids: Sequence[int]) -> Refused:
    taken = OrderLine.objects.filter(id__in=line_ids, remedies__closed_at=None, remedies__gt=0)
    lines = ", ".join(taken.values_list("external_id", flat=True))
    return Refused(
        _("A claim is open already on line %(lines)s; wait for it to end.") % {"lines": lines},
        code="remedy_already_open",
        field="lines",
    )
