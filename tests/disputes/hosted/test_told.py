"""What the page behind a link tells a side: what is asked, what is proposed, by when."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from backoffice.common.actors import ActorKind
from backoffice.common.money import Money
from disputes.service.act import act
from disputes.verbs.approvals import approve
from disputes.verbs.decisions import adjudicate
from disputes.verbs.evidence import require_evidence
from tests.disputes.admin.desk import case_to_decide, staff_actor_of
from tests.disputes.hosted.test_page import link, post, text
from tests.disputes.reviewing import a_senior, person
from tests.factories import a_case, an_order

pytestmark = pytest.mark.django_db
FULL = Money(60_000, "USD")


def test_a_side_reads_what_staff_ask_and_until_when() -> None:
    case = case_to_decide()
    asked = {"party": "BUYER", "evidence_type": "PROOF_OF_DAMAGE", "note": "The label, please."}
    act(require_evidence, case.public_id, staff_actor_of(), timezone.now(), **asked)
    post(link(case, ActorKind.SELLER), case, "extend", hours=2, reason="Holidays.")
    case.refresh_from_db()
    page = text(Client().get(link(case, ActorKind.BUYER)))
    section = page.split('id="asked"')[1].split("</section>")[0]
    assert "The label, please." in section
    assert f'datetime="{case.due_at.isoformat()}"' in section
    first_choice = page.split('name="evidence_type"')[1].split("<option")[1]
    assert first_choice.startswith(' value="PROOF_OF_DAMAGE"')
    assert "The label, please." not in text(Client().get(link(case, ActorKind.SELLER)))


def test_what_a_side_has_shown_is_no_longer_asked_for() -> None:
    case = a_case()
    seller, wanted = link(case, ActorKind.SELLER), "<li>Proof of shipment"
    kind = {"evidence_type": "PROOF_OF_FULFILLMENT", "note": "Handed over on the 3rd."}
    assert wanted in text(Client().get(seller))
    post(seller, case, "provide-evidence", **kind)
    assert wanted not in text(Client().get(seller))


def test_a_proposed_decision_says_what_would_be_paid_and_why() -> None:
    case = case_to_decide(an_order(prices=[60_000]))
    ruling = {"borne_by": "SELLER", "reason": "Nothing came."}
    act(adjudicate, case.public_id, person("Ann"), timezone.now(), refund=FULL, **ruling)
    act(approve, case.public_id, a_senior("Sue"), timezone.now())
    for side in (ActorKind.BUYER, ActorKind.SELLER):
        page = text(Client().get(link(case, side)))
        assert "The buyer gets 600.00 USD." in page
        assert "Nothing came." in page


def test_times_in_sentences_are_in_the_readers_zone() -> None:
    case = a_case(an_order(zone="Asia/Kuwait"))
    assert "UTC+3 to answer" in text(Client().get(link(case, ActorKind.BUYER)))
