from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backoffice.common.errors import Invalid, NotFound, Refused
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Transfer
from disputes.models import Case, Decision
from disputes.service.act import act
from disputes.verbs.answers import accept_claim, deny
from tests.disputes.conftest import NOW
from tests.factories import a_case, an_order, buyer_of, seller_of

Again = Callable[[], Case]


def test_accept_claim_pays_what_was_requested(case: Case, again: Again) -> None:
    act(accept_claim, case.public_id, seller_of(case), NOW)
    assert (again().outcome, case.refunded_minor, case.borne_by) == ("ACCEPTED", 10_000, "SELLER")


def test_accept_claim_posts_the_hold(case: Case) -> None:
    act(accept_claim, case.public_id, seller_of(case), NOW)
    assert Transfer.objects.get().state == TransferState.POSTED


def test_accept_claim_keeps_the_rulebooks_row(case: Case) -> None:
    act(accept_claim, case.public_id, seller_of(case), NOW)
    recommended = Decision.objects.get().recommended
    assert (recommended["table"], recommended["inputs"]["seller_answer"]) == ("ruling", "ACCEPTED")


def test_deny_opens_the_negotiation(case: Case, again: Again) -> None:
    act(deny, case.public_id, seller_of(case), NOW, reason="IN_TRANSIT", note="Soon there.")
    assert (again().state, case.seller_answer) == ("NEGOTIATION", "DENIED")
    assert case.due_at == NOW + timedelta(days=7)


def test_deny_without_a_known_reason_is_refused(case: Case, again: Again) -> None:
    with pytest.raises(Invalid) as refusal:
        act(deny, case.public_id, seller_of(case), NOW, reason="BECAUSE", note="So.")
    assert refusal.value.field == "reason"
    assert again().version == 1


def test_deny_is_the_sellers_alone(case: Case) -> None:
    with pytest.raises(Refused) as refusal:
        act(deny, case.public_id, buyer_of(case), NOW, reason="OTHER", note="No.")
    assert refusal.value.extra["possible"] == ["send-message", "withdraw", "extend"]


def test_deny_by_another_seller_finds_no_case(case: Case, again: Again) -> None:
    stranger = seller_of(a_case(an_order(NOW, seller="seller-2"), NOW))
    later = NOW + timedelta(days=6)
    with pytest.raises(NotFound):
        act(deny, case.public_id, stranger, later, reason="OTHER", note="No.")
    assert again().state == "SELLER_TO_ANSWER"


def test_deny_at_the_last_instant_counts(case: Case, again: Again) -> None:
    act(deny, case.public_id, seller_of(case), case.due_at, reason="OTHER", note="No.")
    assert again().state == "NEGOTIATION"


def test_deny_too_late_meets_the_lapsed_case(case: Case, again: Again) -> None:
    late = case.due_at + timedelta(microseconds=1)
    acted = act(deny, case.public_id, seller_of(case), late, reason="OTHER", note="No.")
    assert acted.refusal is not None
    assert acted.refusal.extra["dispute"]["status"] == "RESOLVED"
    assert again().outcome == "RESOLVED_BUYER_FAVOUR"
