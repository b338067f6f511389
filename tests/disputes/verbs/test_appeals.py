from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.common.actors import ActorKind
from backoffice.common.errors import Invalid, Refused
from backoffice.orders.models import Remedy
from disputes.enums import Reason, SubReason
from disputes.models import Appeal, Case, Proposal
from disputes.queries.cases import appealable_by
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim
from disputes.verbs.appeals import appeal, may_appeal
from tests.disputes.conftest import NOW
from tests.disputes.hearing import AT, NEW, appealed, hear, kinds
from tests.disputes.reviewing import again, balances, decide, under_review
from tests.factories import a_case, an_order, buyer_of, seller_of

pytestmark = pytest.mark.django_db


def test_appeal_goes_to_arbitration_and_keeps_the_earlier_outcome() -> None:
    case = appealed(10_000)
    assert (case.state, case.outcome, case.assignee) == (
        "APPEAL_REVIEW",
        "RESOLVED_BUYER_FAVOUR",
        None,
    )
    assert (case.refunded_minor, Remedy.objects.get().closed_at) == (10_000, None)
    assert balances() == {"buyer-1": 10_000, "seller-1": -10_000}


def test_appeal_against_what_a_rule_decided() -> None:
    case = a_case(an_order(NOW), NOW)
    sweep_cases(NOW + timedelta(days=6))
    act(appeal, case.public_id, seller_of(case), NOW + timedelta(days=7), text=NEW)
    assert again(case).state == "APPEAL_REVIEW"


def test_appeal_after_its_window_is_refused() -> None:
    case = under_review([10_000])
    decide(case, 10_000)
    late = NOW + timedelta(days=7, microseconds=1)
    with pytest.raises(Refused) as refusal:
        act(appeal, case.public_id, seller_of(case), late, text=NEW)
    assert refusal.value.code == "appeal_closed"


def test_appeal_against_an_accepted_claim_is_refused() -> None:
    case = a_case(an_order(NOW), NOW)
    act(accept_claim, case.public_id, seller_of(case), NOW)
    with pytest.raises(Refused) as refusal:
        act(appeal, case.public_id, seller_of(case), NOW, text=NEW)
    assert refusal.value.code == "cannot_be_appealed"


@pytest.mark.parametrize(("minor", "by"), [(10_000, "BUYER"), (0, "SELLER")])
def test_appeal_with_nothing_to_get_is_refused(minor: int, by: str) -> None:
    with pytest.raises(Refused) as refusal:
        appealed(minor, by=by)
    assert refusal.value.code == "nothing_to_appeal"


def test_appeal_without_anything_new_is_refused() -> None:
    case = under_review([10_000])
    decide(case, 0)
    with pytest.raises(Invalid) as refusal:
        act(appeal, case.public_id, buyer_of(case), NOW, text=" ")
    assert refusal.value.field == "text"


def test_appeal_while_a_newer_claim_is_open_on_the_line_is_refused() -> None:
    case = under_review(an_order(NOW, delivered_at=NOW))
    decide(case, 0)
    newer = {"reason": Reason.NOT_AS_DESCRIBED, "sub_reason": SubReason.DAMAGED}
    a_case(case.order, NOW, **newer)
    with pytest.raises(Refused) as refusal:
        act(appeal, case.public_id, buyer_of(case), NOW, text=NEW)
    assert refusal.value.code == "remedy_already_open"
    assert again(case).state == "RESOLVED_IN_REVIEW"


def test_a_second_appeal_is_refused() -> None:
    case = appealed(10_000)
    hear(case, "UPHELD")
    for side in (seller_of(case), buyer_of(case)):
        with pytest.raises(Refused):
            act(appeal, case.public_id, side, NOW, text=NEW)


def both_appeal() -> Case:
    """A case decided in part: the seller appeals, then the buyer."""
    case = appealed(4_000)
    act(appeal, case.public_id, buyer_of(case), AT, text="It is worth nothing.")
    return again(case)


def test_both_sides_appeals_are_heard_together() -> None:
    case = both_appeal()
    assert (case.state, case.appeal_until) == ("APPEAL_REVIEW", None)
    hear(case, "CHANGED", 6_000)
    assert kinds() == {"REFUND": 4_000, "FURTHER": 2_000}
    assert list(Appeal.objects.order_by("id").values_list("party", "outcome")) == [
        ("SELLER", "CHANGED"),
        ("BUYER", "CHANGED"),
    ]


def test_the_other_side_appeals_within_the_same_window_and_once() -> None:
    case = appealed(4_000)
    assert case.appeal_until == NOW + timedelta(days=7)
    for side, at, code in [
        (seller_of(case), AT, "already_appealed"),
        (buyer_of(case), NOW + timedelta(days=7, seconds=1), "appeal_closed"),
    ]:
        with pytest.raises(Refused) as refusal:
            act(appeal, case.public_id, side, at, text=NEW)
        assert refusal.value.code == code


def test_the_other_side_without_anything_to_get_has_no_appeal() -> None:
    assert appealed(10_000).appeal_until is None


def test_the_other_sides_appeal_takes_back_what_was_proposed() -> None:
    case = appealed(30_000, of=60_000)
    hear(case, "CHANGED", 60_000)
    assert again(case).state == "APPEAL_TO_APPROVE"
    act(appeal, case.public_id, buyer_of(case), AT, text="It is worth nothing.")
    assert again(case).state == "APPEAL_REVIEW"
    assert Proposal.objects.get(instance="APPEAL").result == "OVERTAKEN"


def test_the_link_to_appeal_is_the_other_sides_alone() -> None:
    case = appealed(4_000)
    found = {kind: may_appeal(case, kind, AT) for kind in (ActorKind.BUYER, ActorKind.SELLER)}
    assert found == {ActorKind.BUYER: True, ActorKind.SELLER: False}
    listed = {k: Case.objects.filter(appealable_by([k], AT)).exists() for k in found}
    assert listed == found
