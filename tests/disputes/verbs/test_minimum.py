from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.audit.queries import chain
from backoffice.outbox.models import Message
from disputes.models import Case
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim
from disputes.verbs.evidence import provide_evidence
from tests.disputes.conftest import NOW
from tests.disputes.settling import DAMAGED, fresh
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def unshown() -> Case:
    """A claim of a damaged item whose damage the buyer has not shown."""
    return a_case(an_order(NOW), NOW, shown=False, **DAMAGED)


def show(case: Case, kind: str = "PROOF_OF_DAMAGE", at: object = NOW) -> Case:
    given = {"evidence_type": kind, "note": "The cup is in two."}
    act(provide_evidence, case.public_id, buyer_of(case), at, **given)
    return fresh(case)


def test_file_without_the_minimum_waits_for_the_buyer(unshown: Case) -> None:
    assert (unshown.state, unshown.due_at) == ("BUYER_TO_SHOW", NOW + 7 * DAY)


def test_file_tells_what_is_missing(unshown: Case) -> None:
    assert Message.objects.get().data["evidence_missing"] == ["PROOF_OF_DAMAGE"]
    assert chain("case", unshown.public_id).get().data["missing"] == ["PROOF_OF_DAMAGE"]


def test_file_of_what_needs_no_minimum_asks_the_seller(case: Case) -> None:
    assert case.state == "SELLER_TO_ANSWER"


def test_provide_evidence_that_completes_it_starts_the_sellers_clock(unshown: Case) -> None:
    case = show(unshown, at=NOW + 3 * DAY)
    assert (case.state, case.due_at) == ("SELLER_TO_ANSWER", NOW + 8 * DAY)


def test_provide_evidence_of_another_kind_leaves_the_clock(unshown: Case) -> None:
    case = show(unshown, "ORDER_DETAILS", NOW + 3 * DAY)
    assert (case.state, case.due_at) == ("BUYER_TO_SHOW", NOW + 7 * DAY)


def test_provide_evidence_tells_both_steps(unshown: Case) -> None:
    case = show(unshown)
    actions = [e.action for e in chain("case", case.public_id)]
    assert actions == ["case.filed_to_show", "case.evidence_provided", "case.minimum_shown"]


def test_lapse_closes_the_claim_which_may_be_filed_anew(unshown: Case) -> None:
    sweep_cases(NOW + 8 * DAY)
    assert (fresh(unshown).outcome, fresh(unshown).refunded_minor) == ("CANCELED_BY_BUYER", 0)
    again = a_case(unshown.order, NOW + 4 * DAY, **DAMAGED)
    assert again.state == "SELLER_TO_ANSWER"


def test_accept_claim_needs_no_minimum(unshown: Case) -> None:
    act(accept_claim, unshown.public_id, seller_of(unshown), NOW)
    assert fresh(unshown).outcome == "ACCEPTED"
