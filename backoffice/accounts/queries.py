"""Reading who somebody is."""

from __future__ import annotations

from backoffice.accounts.models import User
from backoffice.common.actors import Actor, ActorKind


def staff_actor(user: User) -> Actor:
    """The staff member as verbs and events know them, with all their permissions."""
    permissions = frozenset(user.get_all_permissions())
    return Actor(ActorKind.STAFF, str(user.pk), str(user), permissions=permissions)
