"""The case page: everything about a case, and only the buttons its reader may press."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.orders.enums import TrackingStatus
from backoffice.orders.models import Shipment, TrackingEvent
from disputes.models import Case
from disputes.queries.detail import TIMELINE
from disputes.service.act import act
from disputes.verbs.messages import send_message
from disputes.verbs.withdrawal import withdraw
from tests.disputes.admin.desk import case_to_decide, staff_actor_of, staff_client, url
from tests.factories import a_case, an_order, buyer_of

pytestmark = pytest.mark.django_db
FORMS = ("take_form", "message_form", "evidence_form", "adjudicate_form")


@pytest.fixture
def client() -> Client:
    return staff_client()


def forms(client: Client, case: Case) -> set[str]:
    context = client.get(url(case)).context
    return {name for name in FORMS if context[name]}


def test_page_shows_facts_messages_and_history(client: Client) -> None:
    case = case_to_decide(an_order(seller="S-9"), note="It never came.")
    page = client.get(url(case)).content.decode()
    for text in (case.public_id, "100.00 USD", "Thing 1", "Shop S-9", "It never came."):
        assert text in page
    assert "sent the case to review" in page


def test_page_flags_scans_whose_code_means_two_things(client: Client) -> None:
    case = case_to_decide()
    shipment = Shipment.objects.create(
        external_id="P-1", order_ref="o", order=case.order, fed_at=case.filed_at
    )
    TrackingEvent.objects.create(
        external_id="E-1",
        shipment_ref="P-1",
        shipment=shipment,
        status=TrackingStatus.UNKNOWN,
        ambiguous=True,
        carrier_code="LDI-1",
        happened_at=case.filed_at,
        fed_at=case.filed_at,
    )
    assert "code LDI-1 has two meanings" in client.get(url(case)).content.decode()


def test_page_recommends_in_words_and_money(client: Client) -> None:
    case = case_to_decide()
    recommended = client.get(url(case)).context["page"].recommended
    assert str(recommended.pay) == "100.00 USD"
    assert recommended.borne_by == "SELLER"
    assert recommended.sentence.startswith("Row ")


def test_page_shows_times_in_the_readers_zone() -> None:
    case = case_to_decide()
    page = staff_client(time_zone="Asia/Shanghai").get(url(case)).content.decode()
    due_at = case.due_at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert f"{due_at:%-d %b %Y, %H:%M} Asia/Shanghai" in page


def test_page_of_a_resolved_case_shows_the_decision_and_no_form(client: Client) -> None:
    case = case_to_decide()
    act(withdraw, case.public_id, buyer_of(case), timezone.now())
    response = client.get(url(case))
    assert response.context["page"].decided[0].outcome == "Withdrawn by the buyer"
    assert forms(client, case) == set()


@pytest.mark.parametrize("role", Role)
def test_page_offers_what_the_role_may_do(role: Role) -> None:
    acts = role in (Role.ADJUDICATOR, Role.SENIOR)
    assert forms(staff_client(role), case_to_decide()) == (set(FORMS) if acts else set())


def test_page_offers_only_messages_while_the_parties_talk(client: Client) -> None:
    assert forms(client, a_case()) == {"message_form"}


def test_page_warns_of_the_second_approval(client: Client) -> None:
    case = case_to_decide(an_order(prices=[60_000]))
    assert client.get(url(case)).context["senior_needed"] is True
    assert client.get(url(case_to_decide())).context["senior_needed"] is False


def test_page_counts_the_parties_other_cases(client: Client) -> None:
    cases = [case_to_decide() for _ in range(3)]
    detail = client.get(url(cases[0])).context["page"].detail
    assert set(detail.seller_record.open) == {c.public_id for c in cases[1:]}


def test_page_costs_the_same_however_much_was_said(client: Client) -> None:
    case = case_to_decide()
    act(send_message, case.public_id, staff_actor_of(), timezone.now(), body="Patience.")
    client.get(url(case))  # the rulebook is compiled once per process
    with CaptureQueriesContext(connection) as little:
        client.get(url(case))
    for n in range(40):
        act(send_message, case.public_id, staff_actor_of(), timezone.now(), body=f"Note {n}")
    with CaptureQueriesContext(connection) as much:
        client.get(url(case))
    assert len(much) == len(little) < 45


def test_long_timeline_is_paged(client: Client) -> None:
    case = case_to_decide(age=timedelta(hours=1))
    for n in range(TIMELINE):
        act(send_message, case.public_id, staff_actor_of(), timezone.now(), body=f"Note {n}")
    latest = client.get(url(case)).context["page"]
    assert len(latest.happened) == TIMELINE
    before = latest.detail.timeline.earlier
    earlier = client.get(f"{url(case)}?before={before}").context["page"].happened
    assert earlier[0].sentence.startswith("The buyer claimed")
    assert len(earlier) == 3


def test_page_of_no_case_is_not_found(client: Client) -> None:
    assert client.get("/admin/disputes/case/RD-NOSUCHCASE22/").status_code == 404


def test_stock_link_leads_to_the_page(client: Client) -> None:
    case = a_case()
    assert client.get(f"/admin/disputes/case/{case.pk}/change/").url == url(case)


def test_next_case_is_loaded_ahead_and_kept_by_the_browser(client: Client) -> None:
    first, second = (case_to_decide(age=timedelta(hours=h)) for h in (2, 1))
    assert f'rel="prefetch" href="{url(second)}"' in client.get(url(first)).content.decode()
    ahead = client.get(url(second), headers={"Sec-Purpose": "prefetch"})
    assert ahead["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get(url(second))["Cache-Control"]
