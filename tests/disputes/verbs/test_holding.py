from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.common.errors import Forbidden, Invalid, Refused
from disputes.models import Case
from disputes.queries.queue import next_unassigned
from disputes.service.act import act
from disputes.verbs.decisions import adjudicate
from disputes.verbs.holding import CaseLocked, assign, release, take
from disputes.verbs.messages import send_message
from tests.disputes.conftest import NOW
from tests.disputes.reviewing import a_senior, again, decide, person, under_review

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def taken() -> Case:
    case = under_review([10_000])
    act(take, case.public_id, person("Ann"), NOW)
    return again(case)


def test_take_locks_for_the_rulebooks_time(taken: Case) -> None:
    assert (taken.assignee.name, taken.assigned_until) == ("Ann", NOW + 2 * HOUR)
    assert not next_unassigned(NOW + 2 * HOUR).exists()


def test_a_lock_frees_itself(taken: Case) -> None:
    later = NOW + 2 * HOUR + timedelta(microseconds=1)
    assert next_unassigned(later).get() == taken
    act(take, taken.public_id, person("Bob"), later)
    assert again(taken).assignee.name == "Bob"


def test_acting_renews_the_lock(taken: Case) -> None:
    act(send_message, taken.public_id, person("Ann"), NOW + HOUR, body="One moment.")
    assert again(taken).assigned_until == NOW + 3 * HOUR


def test_a_colleagues_message_renews_nothing(taken: Case) -> None:
    act(send_message, taken.public_id, person("Bob"), NOW + HOUR, body="One moment.")
    assert again(taken).assigned_until == NOW + 2 * HOUR


def test_take_from_a_colleague_is_refused_naming_who_and_until_when(taken: Case) -> None:
    with pytest.raises(CaseLocked) as refusal:
        act(take, taken.public_id, person("Bob"), NOW)
    assert refusal.value.message == "Ann has this case until 2026-03-01 14:00 UTC."


def test_take_from_a_colleague_is_a_seniors(taken: Case) -> None:
    act(take, taken.public_id, a_senior("Sue"), NOW)
    assert again(taken).assignee.name == "Sue"


def test_adjudicate_what_a_colleague_has_is_refused(taken: Case) -> None:
    with pytest.raises(CaseLocked):
        decide(taken, 0, actor=person("Bob"))
    with pytest.raises(CaseLocked):
        decide(taken, 0, actor=a_senior("Sue"))
    assert decide(taken, 0, actor=person("Ann")).refusal is None
    assert again(taken).assigned_until is None


def test_assign_hands_over_with_a_note(taken: Case) -> None:
    act(assign, taken.public_id, person("Ann"), NOW, colleague=person("Bob"), note="You know it.")
    assert again(taken).assignee.name == "Bob"
    with pytest.raises(CaseLocked):
        act(adjudicate, taken.public_id, person("Ann"), NOW, reason="Mine.")


def test_assign_to_somebody_who_may_not_decide_is_refused(taken: Case) -> None:
    auditor = person("Ada", "disputes.view_case")
    with pytest.raises(Invalid) as refusal:
        act(assign, taken.public_id, person("Ann"), NOW, colleague=auditor, note="Yours.")
    assert refusal.value.field == "colleague"


def test_release_makes_it_anybodys(taken: Case) -> None:
    act(release, taken.public_id, person("Ann"), NOW)
    assert next_unassigned(NOW).get() == taken


def test_release_of_a_colleagues_case_is_a_seniors(taken: Case) -> None:
    with pytest.raises(CaseLocked):
        act(release, taken.public_id, person("Bob"), NOW)
    assert act(release, taken.public_id, a_senior("Sue"), NOW).refusal is None


def test_release_of_a_case_nobody_has_is_refused() -> None:
    with pytest.raises(Refused):
        act(release, under_review([10_000]).public_id, person("Ann"), NOW)


def to_approve() -> Case:
    """A decision above the limit that Sue, a senior, proposes."""
    case = under_review([60_000])
    decide(case, 60_000, actor=a_senior("Sue"))
    return again(case)


def test_who_proposed_a_decision_never_has_it_to_approve() -> None:
    case = to_approve()
    with pytest.raises(Forbidden) as refusal:
        act(take, case.public_id, a_senior("Sue"), NOW)
    assert refusal.value.code == "own_proposal"
    with pytest.raises(Forbidden) as refusal:
        act(assign, case.public_id, a_senior("Tom"), NOW, colleague=a_senior("Sue"), note="You.")
    assert refusal.value.field == "colleague"


def test_what_only_a_senior_decides_only_a_senior_takes() -> None:
    case = to_approve()
    with pytest.raises(Refused):
        act(take, case.public_id, person("Bob"), NOW)
    with pytest.raises(Invalid) as refusal:
        act(assign, case.public_id, a_senior("Tom"), NOW, colleague=person("Bob"), note="You.")
    assert refusal.value.field == "colleague"
    act(take, case.public_id, a_senior("Tom"), NOW)
    assert again(case).assignee.name == "Tom"
