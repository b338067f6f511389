"""Keeping searches of the queue under a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from backoffice.common.errors import Invalid, NotFound
from disputes.models import SavedView
from disputes.models.saved_view import LONGEST_NAME
from disputes.queries.queue import Search

MOST = 20  # of one person


def save_view(owner_id: int, name: str, search: Search, shared: bool, now: datetime) -> SavedView:
    """Keep `search` as `name`; what the person called so before is replaced.

    Raises Invalid for a name too long or empty, or for more views than anybody can look through.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(_("Give it a name."), code="name_required", field="name")
    others = SavedView.objects.filter(owner_id=owner_id).exclude(name=name)
    if others.count() >= MOST:
        raise Invalid(_("Remove one first: %d are enough.") % MOST, code="too_many_views")
    values = {"search": _asked(search), "shared": shared, "saved_at": now}
    return SavedView.objects.update_or_create(owner_id=owner_id, name=name, defaults=values)[0]


def forget_view(owner_id: int, view_id: int) -> str:
    """Remove one's own saved view; its name. Raises NotFound."""
    view = SavedView.objects.filter(owner_id=owner_id, pk=view_id).first()
    if view is None:
        raise NotFound("There is no such view.", code="view_not_found")
    view.delete()
    return view.name


def _asked(search: Search) -> dict[str, Any]:
    fields = ("view", "status", "reason", "assignee", "above_limit", "text")
    return {name: getattr(search, name) for name in fields if getattr(search, name)}
