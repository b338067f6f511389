"""Deciding from the desk: preview, confirm, and the money that moved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.ledger.enums import AccountKind, TransferState
from backoffice.ledger.models import Account, Transfer
from backoffice.ledger.queries import balance
from disputes.enums import Outcome
from disputes.lifecycle import State
from disputes.models import Case, Decision, Proposal
from disputes.service.act import act
from disputes.verbs.appeals import appeal
from disputes.verbs.messages import send_message
from tests.disputes.admin.desk import (
    QUEUE,
    again,
    case_to_decide,
    member,
    seen,
    staff_actor_of,
    staff_client,
    url,
)
from tests.factories import an_order, seller_of

pytestmark = pytest.mark.django_db
FULL = {"decision": "full", "borne_by": "SELLER", "reason": "Nothing came."}


@pytest.fixture
def client() -> Client:
    return staff_client()


@pytest.fixture
def case(db: None) -> Case:
    return case_to_decide()


def preview(client: Client, case: Case, **fields: str) -> object:
    response = client.post(url(case, "adjudicate"), seen(case, **fields))
    return response.context["preview"]


def decide(client: Client, case: Case, **fields: str) -> Case:
    client.post(url(case, "adjudicate"), seen(case, confirmed="1", **fields))
    return again(case)


def posted(kind: AccountKind) -> int:
    account = Account.objects.filter(kind=kind).first()
    return balance(account) if account else 0


def test_preview_changes_nothing(client: Client, case: Case) -> None:
    before = (again(case).version, Transfer.objects.count())
    preview(client, case, **FULL)
    assert (again(case).version, Transfer.objects.count()) == before


def test_preview_says_who_is_paid_and_who_is_charged(client: Client, case: Case) -> None:
    response = client.post(url(case, "adjudicate"), seen(case, **FULL))
    page = response.content.decode()
    assert "Buyer buyer-1 is paid 100.00 USD." in page
    assert "Shop seller-1 is charged 100.00 USD." in page
    assert page.count("The buyer gets 100.00 USD; borne by: seller.") == 2


def test_preview_says_when_the_rulebook_recommends_something_else(
    client: Client, case: Case
) -> None:
    nothing = {**FULL, "decision": "none"}
    assert preview(client, case, **FULL).differs is False
    assert preview(client, case, **nothing).differs is True


def test_full_refund_borne_by_the_seller_posts_the_hold(client: Client, case: Case) -> None:
    assert decide(client, case, **FULL).outcome == Outcome.BUYER_FAVOUR
    assert [posted(k) for k in (AccountKind.BUYER, AccountKind.SELLER)] == [10_000, -10_000]
    assert Transfer.objects.get().state == TransferState.POSTED


def test_partial_refund_borne_by_the_platform_leaves_the_seller_alone(
    client: Client, case: Case
) -> None:
    part = {"decision": "partial", "amount": "30.50", "borne_by": "PLATFORM", "reason": "Late."}
    assert decide(client, case, **part).outcome == Outcome.WITH_PAYOUT
    kinds = (AccountKind.BUYER, AccountKind.SELLER, AccountKind.PLATFORM)
    assert [posted(k) for k in kinds] == [3_050, 0, -3_050]


def test_no_refund_frees_the_sellers_money(client: Client, case: Case) -> None:
    none = {"decision": "none", "reason": "It was delivered."}
    assert decide(client, case, **none).outcome == Outcome.SELLER_FAVOUR
    assert Transfer.objects.get().state == TransferState.VOIDED
    assert Decision.objects.get().reason == "It was delivered."


def test_decision_confirmed_twice_pays_once(client: Client, case: Case) -> None:
    form = seen(case, confirmed="1", **FULL)
    client.post(url(case, "adjudicate"), form)
    client.post(url(case, "adjudicate"), form)
    assert posted(AccountKind.BUYER) == 10_000


@pytest.mark.parametrize("step", [{}, {"confirmed": "1"}])
def test_decision_on_a_changed_case_is_refused_and_says_what_arrived(
    client: Client, case: Case, step: dict[str, str]
) -> None:
    old = seen(case, **FULL, **step)
    act(send_message, case.public_id, staff_actor_of(), timezone.now(), body="Wait.")
    response = client.post(url(case, "adjudicate"), old)
    page = response.content.decode()
    assert "the case has changed since you opened this page" in page
    assert "Adjudicator sent a message." in page
    assert response.context["adjudicate_form"]["reason"].value() == "Nothing came."
    assert again(case).outcome == ""


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({**FULL, "decision": "partial", "amount": "12.345"}, "amount"),
        ({**FULL, "decision": "partial", "amount": ""}, "amount"),
        ({**FULL, "decision": "partial", "amount": "100.01"}, "amount"),
        ({**FULL, "decision": "partial", "amount": "-1"}, "amount"),
        ({**FULL, "borne_by": ""}, "borne_by"),
        ({**FULL, "borne_by": "BUYER"}, "borne_by"),
        ({**FULL, "reason": " "}, "reason"),
        ({**FULL, "reason": "x" * 2001}, "reason"),
        ({**FULL, "decision": "all"}, "decision"),
    ],
)
def test_decision_that_cannot_be_is_refused_beside_its_field(
    client: Client, case: Case, fields: dict[str, str], wrong: str
) -> None:
    response = client.post(url(case, "adjudicate"), seen(case, confirmed="1", **fields))
    assert list(response.context["adjudicate_form"].errors) == [wrong]
    assert again(case).outcome == ""


def test_refund_above_the_limit_waits_for_a_second_person(client: Client) -> None:
    case = decide(client, case_to_decide(an_order(prices=[60_000])), **FULL)
    assert case.state == State.TO_APPROVE
    seniors = staff_client(Role.SENIOR).get(url(case)).context
    assert str(seniors["page"].proposed.refund) == "600.00 USD"
    assert seniors["approve_form"] is not None
    assert seniors["conflict"] is None
    staff_client(Role.SENIOR).post(url(case, "approve"), seen(case))
    assert Proposal.objects.get().approved_by == str(member(Role.SENIOR).pk)


def test_preview_above_the_limit_says_that_a_second_person_comes_first(client: Client) -> None:
    case = case_to_decide(an_order(prices=[60_000]))
    shown = preview(client, case, **FULL)
    assert (shown.first, str(shown.pay)) == ("approval", "600.00 USD")


def test_a_ruling_line_by_line(client: Client) -> None:
    case = case_to_decide(an_order(prices=[10_000, 2_000]))
    lines = {"decision": "by-line", "line_0": "50%", "line_1": "1.00", "borne_by": "SELLER"}
    assert decide(client, case, reason="Half of it.", **lines).refunded_minor == 5_100


def test_a_line_that_cannot_be_read_is_refused_beside_it(client: Client) -> None:
    case = case_to_decide(an_order(prices=[10_000, 2_000]))
    lines = {"decision": "by-line", "line_0": "half", "borne_by": "SELLER", "reason": "So."}
    response = client.post(url(case, "adjudicate"), seen(case, confirmed="1", **lines))
    assert list(response.context["adjudicate_form"].errors) == ["line_0"]


def test_preview_of_a_return_says_the_goods_go_back_first(client: Client, case: Case) -> None:
    shown = preview(client, case, **FULL, return_needed="on")
    assert (shown.after_return, str(shown.pay)) == (True, "100.00 USD")
    assert decide(client, case, **FULL, return_needed="on").state == "RETURN_ADDRESS"


def test_preview_shows_each_sides_text(client: Client, case: Case) -> None:
    own = {"code": "NOT_DELIVERED", "seller_text": "Please insure your parcels."}
    buyer, seller = preview(client, case, **FULL, **own).told
    assert buyer.text.startswith("We found no proof that order")
    assert seller.text == "Please insure your parcels."


def test_an_appeal_is_decided_on_the_desk(client: Client, case: Case) -> None:
    decide(client, case, **FULL)
    act(appeal, case.public_id, seller_of(case), timezone.now(), text="It was found.")
    senior = staff_client(Role.SENIOR)
    ruling = {"outcome": "REVERSED", "decision": "none", "reason": "It was."}
    shown = senior.post(url(case, "decide-appeal"), seen(case, **ruling)).context["preview"]
    assert [str(amount) for _, amount in shown.moves] == ["100.00 USD"]
    senior.post(url(case, "decide-appeal"), seen(case, confirmed="1", **ruling))
    assert again(case).outcome == Outcome.SELLER_FAVOUR
    assert [posted(k) for k in (AccountKind.BUYER, AccountKind.SELLER)] == [10_000, 0]


def test_who_hears_an_appeal_is_told_that_the_other_side_may_join(client: Client) -> None:
    case = decide(client, case_to_decide(), **{**FULL, "decision": "partial", "amount": "40"})
    act(appeal, case.public_id, seller_of(case), timezone.now(), text="It was found.")
    page = staff_client(Role.SENIOR).get(url(case)).content.decode()
    assert "The other side may appeal, too, until" in page


def test_who_proposed_it_is_told_that_a_colleague_approves() -> None:
    senior = staff_client(Role.SENIOR)
    case = decide(senior, case_to_decide(an_order(prices=[60_000])), **FULL)
    page = senior.get(url(case))
    assert {page.context[form] for form in ("take_form", "approve_form", "send_back_form")} == {
        None
    }
    assert "Nobody approves or sends back his own decision" in page.content.decode()


def test_who_decided_first_is_told_that_a_colleague_hears_the_appeal() -> None:
    senior = staff_client(Role.SENIOR)
    case = decide(senior, case_to_decide(), **FULL)
    act(appeal, case.public_id, seller_of(case), timezone.now(), text="It was found.")
    page = senior.get(url(case))
    assert {page.context[form] for form in ("take_form", "appeal_form")} == {None}
    assert "Whoever had a part in the first decision" in page.content.decode()


def test_an_appeal_is_not_an_adjudicators(client: Client, case: Case) -> None:
    decide(client, case, **FULL)
    act(appeal, case.public_id, seller_of(case), timezone.now(), text="It was found.")
    ruling = {"outcome": "UPHELD", "reason": "No."}
    response = client.post(url(case, "decide-appeal"), seen(case, confirmed="1", **ruling))
    assert response.status_code == 403


def test_back_from_the_preview_keeps_what_was_written(client: Client, case: Case) -> None:
    response = client.post(url(case, "adjudicate"), seen(case, back="1", **FULL))
    assert response.context["adjudicate_form"]["reason"].value() == "Nothing came."


def test_decision_leads_to_the_next_case_nobody_else_has(client: Client) -> None:
    case, locked, free = (case_to_decide(age=timedelta(hours=h)) for h in (3, 2, 1))
    staff_client(Role.SENIOR).post(url(locked, "take"), seen(locked))
    answer = client.post(url(case, "adjudicate"), seen(case, confirmed="1", **FULL))
    assert answer.url == f"{url(free)}?from={case.public_id}"


def test_decision_of_the_last_case_leads_to_the_queue(client: Client, case: Case) -> None:
    answer = client.post(url(case, "adjudicate"), seen(case, confirmed="1", **FULL))
    assert answer.url == QUEUE
