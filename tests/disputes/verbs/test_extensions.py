from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backoffice.audit.queries import chain
from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid, Refused
from backoffice.outbox.models import Message
from disputes.models import Case, Offer
from disputes.service.act import act
from disputes.sweeps import sweep_cases
from disputes.verbs.answers import accept_claim, deny
from disputes.verbs.extensions import ask_extension, extend
from disputes.verbs.messages import send_message
from tests.disputes.conftest import NOW, adjudicator
from tests.disputes.reviewing import under_review
from tests.disputes.settling import fresh, negotiating, offered
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


def test_ask_extension_is_kept_and_stops_no_clock(case: Case) -> None:
    ask(case, seller_of(case), 48)
    assert asked(case) == ("SELLER", 48)
    assert (fresh(case).due_at, fresh(case).state) == (NOW + 5 * DAY, "SELLER_TO_ANSWER")


def test_ask_extension_is_told(case: Case) -> None:
    ask(case, seller_of(case), 48)
    event = chain("case", case.public_id).last()
    assert (event.action, event.data) == (
        "case.extension_asked",
        {"hours": 48, "reason": "A holiday."},
    )
    told = Message.objects.latest("id")
    assert (told.topic, told.data["event"]) == ("dispute.updated", "case.extension_asked")


def test_ask_extension_again_replaces_the_request(case: Case) -> None:
    ask(case, seller_of(case), 48)
    ask(case, seller_of(case), 24)
    assert asked(case) == ("SELLER", 24)


@pytest.mark.parametrize("hours", [0, -1, 169])
def test_ask_extension_beyond_the_rulebooks_limit_is_refused(case: Case, hours: int) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(case, seller_of(case), hours)
    assert (refusal.value.field, refusal.value.extra["maximum"]) == ("hours", 168)
    assert asked(case) == ("", 0)


def test_ask_extension_counts_what_was_given(case: Case) -> None:
    act(extend, case.public_id, buyer_of(case), NOW, hours=168, **REASON)
    with pytest.raises(Invalid) as refusal:
        ask(case, seller_of(case), 1)
    assert refusal.value.message == "This deadline can not be moved any further."


def test_ask_extension_needs_a_reason(case: Case) -> None:
    with pytest.raises(Invalid) as refusal:
        act(ask_extension, case.public_id, seller_of(case), NOW, hours=24, reason=" ")
    assert refusal.value.field == "reason"


def test_ask_extension_by_who_is_not_waited_for_is_refused(case: Case) -> None:
    with pytest.raises(Refused):
        ask(case, buyer_of(case), 24)


def test_ask_extension_after_the_time_is_over_is_refused(case: Case) -> None:
    late = NOW + 6 * DAY
    acted = act(ask_extension, case.public_id, seller_of(case), late, hours=24, **REASON)
    assert acted.refusal is not None
    assert asked(case) == ("", 0)


@pytest.mark.parametrize("by_staff", [True, False])
def test_extend_answers_the_request_whoever_gives_and_how_much(case: Case, by_staff: bool) -> None:
    ask(case, seller_of(case), 48)
    giver = adjudicator() if by_staff else buyer_of(case)
    act(extend, case.public_id, giver, NOW, hours=24, **REASON)
    assert (asked(case), fresh(case).due_at) == (("", 0), NOW + 6 * DAY)


def test_extend_may_give_more_than_was_asked_where_one_side_is_waited_for(case: Case) -> None:
    ask(case, seller_of(case), 24)
    act(extend, case.public_id, buyer_of(case), NOW, hours=72, **REASON)
    assert fresh(case).due_at == NOW + 8 * DAY


def test_a_request_ends_with_its_wait(case: Case) -> None:
    ask(case, seller_of(case), 48)
    act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    assert asked(case) == ("", 0)


def test_a_request_ends_with_the_case(case: Case) -> None:
    ask(case, seller_of(case), 48)
    act(accept_claim, case.public_id, seller_of(case), NOW)
    assert asked(case) == ("", 0)


def test_a_request_outlasts_what_keeps_the_wait(case: Case) -> None:
    ask(case, seller_of(case), 48)
    act(send_message, case.public_id, buyer_of(case), NOW, body="Where is it?")
    assert asked(case) == ("SELLER", 48)


@pytest.mark.django_db
def test_extend_in_negotiation_agrees_to_what_the_other_asked() -> None:
    case = negotiating()
    before = case.due_at
    ask(case, buyer_of(case), 48)
    act(extend, case.public_id, seller_of(case), NOW, hours=48, **REASON)
    assert (asked(case), fresh(case).due_at - before) == (("", 0), 2 * DAY)
    assert fresh(case).state == "NEGOTIATION"


@pytest.mark.django_db
def test_extend_in_negotiation_gives_no_more_than_was_asked() -> None:
    case = negotiating()
    ask(case, buyer_of(case), 48)
    with pytest.raises(Invalid) as refusal:
        act(extend, case.public_id, seller_of(case), NOW, hours=49, **REASON)
    assert (refusal.value.field, refusal.value.extra["maximum"]) == ("hours", 48)
    assert refusal.value.message == "The other side asked for 48 more hours."
    assert asked(case) == ("BUYER", 48)


@pytest.mark.django_db
@pytest.mark.parametrize("asks_first", [True, False])
def test_extend_in_negotiation_is_not_given_unasked_nor_to_oneself(asks_first: bool) -> None:
    case = negotiating()
    if asks_first:
        ask(case, seller_of(case), 48)
    with pytest.raises(Refused) as refusal:
        act(extend, case.public_id, seller_of(case), NOW, hours=24, **REASON)
    assert refusal.value.code == "extension_not_asked"


@pytest.mark.django_db
def test_ask_extension_by_the_other_side_stands_in_the_first_ones_place() -> None:
    case = negotiating()
    ask(case, buyer_of(case), 48)
    ask(case, seller_of(case), 96)
    assert asked(case) == ("SELLER", 96)


@pytest.mark.django_db
def test_what_is_possible_names_extend_only_where_it_was_asked_for() -> None:
    case = negotiating()
    assert "extend" not in possible_instead(case)
    ask(case, buyer_of(case), 48)
    assert "extend" in possible_instead(case)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"extension_asked_by": "SELLER"},
        {"extension_asked_hours": 5},
        {"extension_asked_by": "BUYER", "extension_asked_hours": 5},
        {"extension_asked_by": "STAFF", "extension_asked_hours": 5},
    ],
)
def test_a_request_is_a_waited_for_sides_and_of_some_hours(case: Case, wrong: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**wrong)


def ask(case: Case, by: Actor, hours: int) -> None:
    act(ask_extension, case.public_id, by, NOW, hours=hours, **REASON)


def asked(case: Case) -> tuple[str, int]:
    return fresh(case).extension_asked_by, fresh(case).extension_asked_hours


def possible_instead(case: Case) -> list[str]:
    """What the seller is told he may do, where he tries what he may not."""
    with pytest.raises(Refused) as refusal:
        act(deny, case.public_id, seller_of(case), NOW, reason="OTHER", note="No.")
    return list(refusal.value.extra["possible"])
