"""An order that the delivery watch set aside is put back by who may, after a second look."""

from __future__ import annotations

import pytest
from django.test import Client

from backoffice.accounts.enums import Role
from backoffice.audit.catalogue import sentence
from backoffice.audit.models import Event
from backoffice.common.actors import ActorKind
from backoffice.orders.models import Order
from tests.accounts.factories import make_staff
from tests.factories import an_order

pytestmark = pytest.mark.django_db
ACTS = {Role.ADJUDICATOR, Role.SENIOR}


@pytest.fixture
def order(db: None) -> Order:
    return an_order(watch_error="KeyError: 'x'")


def client(role: Role) -> Client:
    browser = Client()
    browser.force_login(make_staff(role, name="Ann"))
    return browser


def page(order: Order, name: str = "put-back") -> str:
    return f"/admin/orders/order/{order.pk}/{name}/"


def error(order: Order) -> str:
    return Order.objects.get(pk=order.pk).watch_error


@pytest.mark.parametrize("role", Role)
def test_only_who_decides_cases_sees_and_presses_the_button(role: Role, order: Order) -> None:
    browser = client(role)
    shown = page(order) in browser.get(page(order, "change")).content.decode()
    assert shown == (role in ACTS)
    assert browser.get(page(order)).status_code == (200 if role in ACTS else 403)
    assert browser.post(page(order)).status_code == (302 if role in ACTS else 403)
    assert bool(error(order)) == (role not in ACTS)


def test_asking_shows_the_error_and_changes_nothing(order: Order) -> None:
    asked = client(Role.ADJUDICATOR).get(page(order))
    assert "KeyError: &#x27;x&#x27;" in asked.content.decode()
    assert error(order) == "KeyError: 'x'"


def test_putting_back_is_told_with_what_had_failed(order: Order) -> None:
    client(Role.ADJUDICATOR).post(page(order))
    event = Event.objects.get(subject_kind="order", subject_id=str(order.pk))
    said = sentence(event.action, event.actor, event.data, ActorKind.STAFF)
    assert said == f"Ann put order {order} back to the delivery watch."
    assert event.data["error"] == "KeyError: 'x'"


def test_an_order_in_order_has_no_button_and_is_not_put_back(order: Order) -> None:
    Order.objects.update(watch_error="")
    browser = client(Role.ADJUDICATOR)
    assert page(order) not in browser.get(page(order, "change")).content.decode()
    assert browser.get(page(order)).status_code == 404
    browser.post(page(order))
    assert Event.objects.count() == 0
