"""More time behind a link: one side asks, the other reads it and agrees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.common.actors import ActorKind
from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.answers import deny
from disputes.verbs.extensions import extend
from tests.disputes.hosted.test_page import link, post, text
from tests.factories import a_case, buyer_of, seller_of

pytestmark = pytest.mark.django_db
TRAVEL = {"hours": "48", "reason": "I travel; call 13812345678."}
GIVE, ASK = "Give more time", "Ask for more time"


def negotiating() -> Case:
    case = a_case()
    act(deny, case.public_id, seller_of(case), timezone.now(), reason="OTHER", note="No.")
    case.refresh_from_db()
    return case


def form(case: Case, side: ActorKind, verb: str) -> str:
    """The page's form for a verb, up to its end; "" if there is none."""
    page = text(Client().get(link(case, side)))
    return page.partition(f'/{verb}"')[2].partition("</form>")[0]


def test_the_other_side_reads_the_request_and_grants_it_as_it_stands() -> None:
    case = negotiating()
    before = case.due_at
    assert form(case, ActorKind.SELLER, "extend") == ""
    post(link(case, ActorKind.BUYER), case, "ask-extension", **TRAVEL)
    page = text(Client().get(link(case, ActorKind.SELLER)))
    told = "asked for 48 more hours: I travel; call [telephone number hidden]."
    assert told in page.split('id="act"')[0]
    give = form(case, ActorKind.SELLER, "extend")
    assert 'name="hours" value="48"' in give
    assert "As you asked." in give
    post(link(case, ActorKind.SELLER), case, "extend", hours="48", reason="As you asked.")
    case.refresh_from_db()
    assert (case.due_at - before, case.extension_asked_by) == (timedelta(days=2), "")
    assert form(case, ActorKind.SELLER, "extend") == ""


def test_who_asked_reads_it_too_and_cannot_grant_it() -> None:
    case = negotiating()
    post(link(case, ActorKind.BUYER), case, "ask-extension", **TRAVEL)
    page = text(Client().get(link(case, ActorKind.BUYER)))
    assert "asked for 48 more hours: I travel; call 13812345678." in page.split('id="act"')[0]
    assert form(case, ActorKind.BUYER, "extend") == ""
    assert form(case, ActorKind.BUYER, "ask-extension") != ""


def test_the_form_to_grant_is_unfolded_where_it_was_asked_for() -> None:
    case = a_case()
    buyer, unfolded = link(case, ActorKind.BUYER), f"<details open>\n        <summary>{GIVE}"
    assert (unfolded in text(Client().get(buyer)), GIVE in text(Client().get(buyer))) == (
        False,
        True,
    )
    post(link(case, ActorKind.SELLER), case, "ask-extension", **TRAVEL)
    assert unfolded in text(Client().get(buyer))


@pytest.mark.parametrize(
    ("hours", "told"),
    [("49", "The other side asked for 48 more hours."), ("0", "greater than or equal to 1")],
)
def test_more_than_was_asked_is_refused_at_its_field(hours: str, told: str) -> None:
    case = negotiating()
    post(link(case, ActorKind.BUYER), case, "ask-extension", **TRAVEL)
    refused: Any = post(link(case, ActorKind.SELLER), case, "extend", hours=hours, reason="Well.")
    assert refused.status_code == 400
    assert told in text(refused).split('id="act"')[1]


def test_no_more_is_asked_for_once_all_is_given() -> None:
    case, now = a_case(), timezone.now()
    assert ASK in text(Client().get(link(case, ActorKind.SELLER)))
    act(extend, case.public_id, buyer_of(case), now, hours=168, reason="Holidays.")
    assert ASK not in text(Client().get(link(case, ActorKind.SELLER)))
    assert GIVE not in text(Client().get(link(case, ActorKind.BUYER)))
