from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.audit.queries import chain
from backoffice.common.errors import Invalid, Refused
from disputes.models import Case, Offer
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import deny
from disputes.verbs.extensions import extend
from tests.disputes.conftest import NOW, adjudicator
from tests.disputes.reviewing import under_review
from tests.disputes.settling import fresh, offered
from tests.factories import buyer_of, seller_of

DAY = timedelta(days=1)
REASON = {"reason": "A holiday."}


def test_extend_by_the_other_side_moves_the_deadline(case: Case) -> None:
    act(extend, case.public_id, buyer_of(case), NOW, hours=48, **REASON)
    assert (fresh(case).due_at, fresh(case).state) == (NOW + 7 * DAY, "SELLER_TO_ANSWER")


def test_extend_by_staff(case: Case) -> None:
    act(extend, case.public_id, adjudicator(), NOW, hours=24, **REASON)
    assert fresh(case).due_at == NOW + 6 * DAY


def test_extend_says_by_whom_until_when_and_why(case: Case) -> None:
    act(extend, case.public_id, buyer_of(case), NOW, hours=48, **REASON)
    event = chain("case", case.public_id).last()
    assert (event.action, event.actor["kind"]) == ("case.deadline_extended", "BUYER")
    assert (event.data["hours"], event.data["reason"]) == (48, "A holiday.")


def test_extend_of_ones_own_time_is_refused(case: Case) -> None:
    with pytest.raises(Refused):
        act(extend, case.public_id, seller_of(case), NOW, hours=24, **REASON)


@pytest.mark.parametrize("hours", [0, -1, 169])
def test_extend_beyond_the_rulebooks_limit_is_refused(case: Case, hours: int) -> None:
    with pytest.raises(Invalid) as refusal:
        act(extend, case.public_id, buyer_of(case), NOW, hours=hours, **REASON)
    assert (refusal.value.field, refusal.value.extra["maximum"]) == ("hours", 168)


def test_extend_again_counts_what_was_given(case: Case) -> None:
    act(extend, case.public_id, buyer_of(case), NOW, hours=160, **REASON)
    with pytest.raises(Invalid) as refusal:
        act(extend, case.public_id, adjudicator(), NOW, hours=9, **REASON)
    assert refusal.value.extra["maximum"] == 8


def test_extend_counts_anew_in_the_next_wait(case: Case) -> None:
    act(extend, case.public_id, buyer_of(case), NOW, hours=168, **REASON)
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    act(extend, case.public_id, adjudicator(), NOW, hours=168, **REASON)
    assert fresh(case).due_at == NOW + 14 * DAY


@pytest.mark.django_db
def test_extend_moves_the_open_offers_deadline_too() -> None:
    case = offered()
    act(extend, case.public_id, seller_of(case), NOW, hours=24, **REASON)
    assert Offer.objects.get().due_at == fresh(case).due_at == NOW + 11 * DAY


@pytest.mark.django_db
def test_extend_a_late_review_counts_from_its_own_deadline_not_the_reminders() -> None:
    case, late = under_review([10_000]), NOW + timedelta(hours=50)
    sweep_cases(late)
    assert (fresh(case).reminders, fresh(case).expected_by) == (1, NOW + 2 * DAY)
    with pytest.raises(Invalid, match="over already") as refused:
        act(extend, case.public_id, adjudicator(), late, hours=2, **REASON)
    assert refused.value.field == "hours"
    act(extend, case.public_id, adjudicator(), late, hours=12, **REASON)
    moved = fresh(case)
    assert (moved.due_at, moved.reminders) == (NOW + timedelta(hours=60), 0)
    assert moved.expected_by == moved.due_at
