"""Reading who somebody is."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from backoffice.accounts.models import User
from backoffice.common.actors import Actor, ActorKind


def colleagues(app: str, codename: str) -> QuerySet[User]:
    """Active staff whose role holds the permission `app`.`codename`, by name."""
    permission = Permission.objects.filter(content_type__app_label=app, codename=codename)
    holders = User.objects.filter(is_staff=True, is_active=True)
    return holders.filter(groups__permissions__in=permission).distinct().order_by("name", "email")


def staff_actor(user: User) -> Actor:
    """The staff member as verbs and events know them, with all their permissions."""
    permissions = frozenset(user.get_all_permissions())
    return Actor(ActorKind.STAFF, str(user.pk), str(user), permissions=permissions)
