"""What each staff role may do, written into the groups.

Apps above declare their permissions on their models; here they are named as text, because the
ground floor imports nothing above it. `manage.py migrate` ends with `sync_roles`.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from backoffice.accounts.enums import Role

READ = (
    "audit.view_event",
    "disputes.view_case",
    "disputes.view_messagetemplate",
    "ledger.view_account",
    "ledger.view_transfer",
    "orders.view_buyer",
    "orders.view_order",
    "orders.view_orderline",
    "orders.view_remedy",
    "orders.view_seller",
    "orders.view_shipment",
    "orders.view_trackingevent",
    "rulebook.view_rulebookversion",
)
DECIDE = ("disputes.adjudicate_case", "disputes.take_bundle", "orders.put_back_order")
ROLE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.ADJUDICATOR: (*READ, *DECIDE),
    Role.SENIOR: (*READ, *DECIDE, "disputes.adjudicate_above_limit", "disputes.add_pause"),
    Role.POLICY: (
        *READ,
        "disputes.add_messagetemplate",
        "disputes.add_pause",
        "disputes.change_messagetemplate",
        "rulebook.draft_rulebookversion",
        "rulebook.publish_rulebookversion",
    ),
    Role.FINANCE: READ,
    Role.AUDITOR: (
        *READ,
        "accounts.view_apiclient",
        "accounts.view_apikey",
        "accounts.view_user",
        "disputes.take_bundle",
        "outbox.view_message",
    ),
}


def sync_roles(*, missing_ok: bool = False) -> dict[str, int]:
    """Make each role's group hold exactly its permissions; the answer counts them by group.

    Raises LookupError when no app declares a permission, unless `missing_ok`: in the middle of
    a migration not every app's tables are there.
    """
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    counts = {}
    with transaction.atomic():
        for role, names in ROLE_PERMISSIONS.items():
            missing = sorted(set(names) - known.keys())
            if missing and not missing_ok:
                raise LookupError(f"No app declares the permissions {', '.join(missing)}.")
            group, _ = Group.objects.get_or_create(name=role.value)
            group.permissions.set([known[name] for name in names if name in known])
            counts[role.value] = len(names) - len(missing)
    return counts
