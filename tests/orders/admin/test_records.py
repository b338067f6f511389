"""Orders in the admin: found, read, never edited."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from backoffice.accounts.enums import Role
from backoffice.orders.models import Order, Seller, Shipment
from backoffice.orders.service.feed import feed_orders, feed_shipments, feed_tracking_events
from tests.accounts.factories import make_staff
from tests.orders.telling import NOW, line, order, scan, shipment

pytestmark = pytest.mark.django_db
ORDERS, SHIPMENTS = "/admin/orders/order/", "/admin/orders/shipment/"


@pytest.fixture
def client(db: None) -> Client:
    """An adjudicator, before two orders of which one is on its way."""
    feed_orders([order("O1", lines=[line(title="Brass lamp")]), order("O2", promised_on=None)], NOW)
    feed_shipments([shipment(carrier="gls", tracking_number="1Z5R89390357567127")], NOW)
    told = scan("delivered", "09T10", carrier_code="DELIVEREDPS", location="Kew VIC")
    feed_tracking_events([scan("picked_up", "03T10"), told], NOW)
    client = Client()
    client.force_login(make_staff(Role.ADJUDICATOR))
    return client


def listed(client: Client, address: str) -> list[Any]:
    return list(client.get(address).context["cl"].result_list)


@pytest.mark.parametrize("wanted", ["O1", "1Z5R89390357567127"])
def test_orders_are_found_by_id_and_by_tracking_number(client: Client, wanted: str) -> None:
    assert listed(client, f"{ORDERS}?q={wanted}") == [Order.objects.get(external_id="O1")]


def test_orders_are_listed_by_seller_and_by_what_the_watch_set_aside(client: Client) -> None:
    Order.objects.filter(external_id="O2").update(watch_error="broken")
    aside = Order.objects.get(external_id="O2")
    assert listed(client, f"{ORDERS}?watch=aside") == [aside]
    seller = Seller.objects.get()
    link = f"{ORDERS}?seller={seller.pk}"
    assert link in client.get(f"/admin/orders/seller/{seller.pk}/change/").content.decode()
    assert len(listed(client, link)) == 2


@pytest.mark.parametrize("seller", ["x", "-1", "9" * 30, "%00"])
def test_orders_of_a_strange_seller_are_no_500(client: Client, seller: str) -> None:
    assert client.get(f"{ORDERS}?seller={seller}").status_code in (200, 302)


def test_order_is_read_with_lines_parcels_and_scans(client: Client) -> None:
    page = client.get(f"{ORDERS}{Order.objects.get(external_id='O1').pk}/change/")
    text = page.content.decode()
    for said in ("Brass lamp", "10.00 USD", "1Z5R89390357567127", "Kew VIC", "60 days"):
        assert said in text
    assert "the carrier's code means two things" in text


def test_order_says_what_looks_wrong(client: Client) -> None:
    page = client.get(f"{ORDERS}{Order.objects.get(external_id='O2').pk}/change/")
    assert "The order has no promised day." in page.content.decode()


@pytest.mark.parametrize("kind", ["seller", "buyer", "shipment", "order"])
def test_records_are_not_edited(client: Client, kind: str) -> None:
    page = client.get(f"/admin/orders/{kind}/")
    assert page.status_code == 200
    assert client.get(f"/admin/orders/{kind}/add/").status_code == 403
    pk = page.context["cl"].result_list[0].pk
    assert client.get(f"/admin/orders/{kind}/{pk}/change/").status_code == 200
    assert client.post(f"/admin/orders/{kind}/{pk}/change/", {}).status_code == 403


def test_shipment_is_read_with_its_scans(client: Client) -> None:
    page = client.get(f"{SHIPMENTS}{Shipment.objects.get().pk}/change/")
    assert "DELIVEREDPS" in page.content.decode()
