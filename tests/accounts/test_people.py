from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.accounts.middleware import ReaderZoneMiddleware
from backoffice.accounts.models import User
from backoffice.accounts.queries import staff_actor
from backoffice.accounts.service import sync_roles
from backoffice.accounts.service.roles import ROLE_PERMISSIONS
from backoffice.common.actors import Actor, ActorKind
from tests.accounts.factories import make_staff

pytestmark = pytest.mark.django_db
CHINESE = {"Accept-Language": "zh-hans"}


def test_login_ignores_the_case_of_the_address() -> None:
    user = User.objects.create_user("Ann@Example.org", "secret")
    assert user.email == "ann@example.org"
    assert authenticate(username="ANN@example.org", password="secret") == user


def test_an_address_in_capitals_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(email="Ann@example.org")])


def test_nobody_is_both_staff_and_a_sellers() -> None:
    with pytest.raises(IntegrityError):
        User.objects.create_user("a@example.org", is_staff=True, seller_ref="s1")


def test_a_time_zone_must_exist() -> None:
    with pytest.raises(ValidationError, match="time zone"):
        User(email="a@example.org", password="x", time_zone="Mars/Olympus").full_clean()


def test_every_role_holds_exactly_its_permissions() -> None:
    assert sync_roles() == {role.value: len(names) for role, names in ROLE_PERMISSIONS.items()}
    for role, names in ROLE_PERMISSIONS.items():
        assert make_staff(role, f"{role.name}@example.org").get_all_permissions() == set(names)


def test_migrate_mends_a_role() -> None:
    Group.objects.get(name=Role.AUDITOR).permissions.clear()
    call_command("migrate", verbosity=0)
    assert Group.objects.get(name=Role.AUDITOR).permissions.count() == len(
        ROLE_PERMISSIONS[Role.AUDITOR]
    )


def test_a_staff_actor_carries_name_and_permissions() -> None:
    user = make_staff(Role.POLICY, name="Pia")
    actor = staff_actor(user)
    assert actor == Actor(ActorKind.STAFF, str(user.pk), "Pia")
    assert actor.permissions == set(ROLE_PERMISSIONS[Role.POLICY])


@pytest.mark.parametrize(
    ("zone", "path", "shown"),
    [
        ("Asia/Shanghai", "/admin/", "Asia/Shanghai"),
        ("Gone/Zone", "/admin/", "UTC"),
        ("Asia/Shanghai", "/api/v1/disputes", "UTC"),
    ],
)
def test_pages_speak_the_readers_time(zone: str, path: str, shown: str) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(timezone.get_current_timezone_name())

    request = RequestFactory().get(path)
    request.user = User(time_zone=zone)
    assert ReaderZoneMiddleware(page)(request).content.decode() == shown


def test_people_are_listed_by_role_and_given_one_by_its_name(client: Client) -> None:
    admin = User.objects.create_superuser("admin@example.org", "secret")
    auditor = make_staff(Role.AUDITOR)
    client.force_login(admin)
    listed = client.get("/admin/accounts/user/?role=auditor").context["cl"].result_list
    assert list(listed) == [auditor]
    page = client.get(f"/admin/accounts/user/{auditor.pk}/change/", headers=CHINESE)
    assert [text in page.content.decode() for text in ("审计员", "senior adjudicator")] == [
        True,
        False,
    ]
