"""Declaring a pause on the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.accounts.models import User
from backoffice.audit.models import Event
from disputes.models import Pause
from disputes.sweeps import sweep_cases
from tests.disputes.admin.desk import staff_client
from tests.factories import a_case

pytestmark = pytest.mark.django_db
PAGE = "/admin/disputes/case/pauses/"
NOW = timezone.now().replace(second=0, microsecond=0)


def sent(start: float, end: float, reason: str = "Strike.") -> dict[str, str]:
    """A form from `start` to `end`, days from now, in UTC: the zone of who logs in."""
    at = [f"{NOW + timedelta(days=days):%Y-%m-%dT%H:%M}" for days in (start, end)]
    return {"starts_at": at[0], "ends_at": at[1], "carrier": "", "reason": reason}


@pytest.fixture
def client() -> Client:
    return staff_client(Role.SENIOR)


def test_declare_moves_the_deadlines_and_is_told(client: Client) -> None:
    case = a_case()
    before: datetime = case.due_at or NOW
    assert client.post(PAGE, sent(1, 3)).status_code == 302
    sweep_cases(timezone.now())
    case.refresh_from_db()
    assert case.due_at == before + timedelta(days=2)
    assert Event.objects.get(action="pause.declared").actor_kind == "STAFF"
    page = client.get(PAGE).content.decode()
    assert "Strike." in page
    assert "Deadlines moved: 1" in page


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (sent(3, 1), "A pause ends after it starts."),
        (sent(1, 3, "  "), "This field is required."),
        ({**sent(1, 3), "starts_at": "soon"}, "Enter a valid date/time."),
    ],
)
def test_declare_what_cannot_be_is_refused(
    client: Client, form: dict[str, str], wrong: str
) -> None:
    assert wrong in client.post(PAGE, form).content.decode()
    assert not Pause.objects.exists()


def test_declare_at_the_end_of_all_time_is_refused(client: Client) -> None:
    User.objects.update(time_zone="America/New_York")
    form = {**sent(1, 3), "starts_at": "9999-12-01T00:00", "ends_at": "9999-12-31T23:59"}
    page = client.post(PAGE, form)
    wrong = "A pause ends at most 732 days from now; declare a later one when it comes nearer."
    assert page.context["form"].errors == {"ends_at": [wrong]}
    assert not Pause.objects.exists()


def test_declare_that_meets_another_is_refused(client: Client) -> None:
    client.post(PAGE, sent(1, 3))
    assert "It meets another pause" in client.post(PAGE, sent(2, 4)).content.decode()


@pytest.mark.parametrize("role", [Role.ADJUDICATOR, Role.AUDITOR, Role.FINANCE])
def test_declare_without_the_right_is_forbidden(role: Role) -> None:
    client = staff_client(role)
    assert client.post(PAGE, sent(1, 3)).status_code == 403
    assert "No clock was ever paused." in client.get(PAGE).content.decode()
