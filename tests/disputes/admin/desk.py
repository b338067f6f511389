"""Staff at the desk, and cases for them to decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.accounts.models import User
from backoffice.accounts.queries import staff_actor
from backoffice.common.actors import Actor
from backoffice.orders.models import Order
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.answers import deny
from disputes.verbs.escalation import escalate
from tests.accounts.factories import make_staff
from tests.factories import a_case, an_order, buyer_of, seller_of

QUEUE = "/admin/disputes/case/queue/"
HOME = "/admin/"


def staff_client(role: Role = Role.ADJUDICATOR, **fields: str) -> Client:
    """A browser in which somebody of that role is logged in."""
    client = Client()
    client.force_login(member(role, **fields))
    return client


def member(role: Role, **fields: str) -> User:
    """The staff member of that role, made where there is none."""
    email = f"{role.name.lower()}@example.org"
    found = User.objects.filter(email=email).first()
    return found or make_staff(role, email, name=str(role.label), **fields)


def case_to_decide(
    order: Order | None = None, age: timedelta = timedelta(hours=1), **claim: Any
) -> Case:
    """A denied claim that the buyer escalated `age` ago: 48 hours to decide, less `age`."""
    at = timezone.now() - age
    case = a_case(order or an_order(at), at, **claim)
    act(deny, case.public_id, seller_of(case), at, reason="IN_TRANSIT", note="On its way.")
    act(escalate, case.public_id, buyer_of(case), at, note="Please decide.")
    return again(case)


def reminded(case: Case, times: int = 1) -> None:
    """Staff are late with the case, and were told so, so many times."""
    late = timezone.now() - times * timedelta(hours=1)
    Case.objects.filter(pk=case.pk).update(reminders=times, overdue_since=late)


def again(case: Case) -> Case:
    """The case read anew."""
    return Case.objects.get(pk=case.pk)


def url(case: Case, name: str = "page") -> str:
    """A page or a button of the case."""
    return reverse(f"admin:disputes_case_{name}", args=[case.public_id])


def seen(case: Case, **fields: str) -> dict[str, str]:
    """What a form of the case's page sends, made from the case as it now is."""
    case = again(case)
    return {"version": str(case.version), "seen": str(case.chain_length), **fields}


def shown(response: Any) -> list[str]:
    """The case ids of a list page, in order."""
    return [row.case.public_id for row in response.context["rows"]]


def staff_actor_of(role: Role = Role.ADJUDICATOR) -> Actor:
    """The staff member of that role, as verbs know them."""
    return staff_actor(member(role))
