"""Who logs in to the demo: one person for each role, and the marketplace's program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from backoffice.accounts.enums import Role, Scope
from backoffice.accounts.models import ApiClient, User
from backoffice.accounts.service import sync_roles
from backoffice.audit.service import access

PASSWORD = "redress-demo"  # noqa: S105  printed by the demo, refused in production
CLIENT = "Demo marketplace"


@dataclass(frozen=True)
class Login:
    """Somebody who can log in; without a role, he may do everything."""

    email: str
    name: str
    role: Role | None
    time_zone: str = "UTC"


LOGINS = (
    Login("admin@redress.example", "Iris Vandermeer", None),
    Login("adjudicator@redress.example", "Tomás Quintana", Role.ADJUDICATOR, "Europe/Madrid"),
    Login("yulin@redress.example", "Chen Yulin", Role.ADJUDICATOR, "Asia/Shanghai"),
    Login("senior@redress.example", "Margaret Osei", Role.SENIOR, "Europe/London"),
    Login("lead@redress.example", "Marta Lindqvist", Role.SENIOR, "Europe/Stockholm"),
    Login("policy@redress.example", "Henrik Sandvik", Role.POLICY, "Europe/Oslo"),
    Login("finance@redress.example", "Noor Rahimi", Role.FINANCE),
    Login("auditor@redress.example", "Beatriz Lang", Role.AUDITOR),
)


def hire() -> dict[str, User]:
    """Make the logins, by e-mail address."""
    sync_roles()
    password = make_password(PASSWORD)  # slow on purpose, and the same for all of them
    hired = {}
    for login in LOGINS:
        user = User.objects.create_user(
            login.email,
            name=login.name,
            time_zone=login.time_zone,
            is_staff=True,
            is_superuser=login.role is None,
        )
        user.password = password
        user.save(update_fields=["password"])
        if login.role:
            user.groups.add(Group.objects.get(name=login.role.value))
        hired[login.email] = user
    return hired


def connect(key_file: Path, now: datetime) -> None:
    """Make the marketplace's client with every scope; its key is kept in `key_file`."""
    _, key = access.create_client(CLIENT, list(Scope), now)
    key_file.parent.mkdir(parents=True, exist_ok=True)
    key_file.touch(mode=0o600)
    key_file.write_text(key)


def connected() -> bool:
    """Whether the demo was loaded into this database."""
    return ApiClient.objects.filter(name=CLIENT).exists()
