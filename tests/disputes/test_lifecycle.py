"""The table itself: what it promises whatever the verbs do."""

import pytest

from backoffice.common.actors import ActorKind
from backoffice.rulebook.vocabulary import EVIDENCE
from disputes.enums import EvidenceType, Stage, Status
from disputes.lifecycle import (
    INQUIRY_STATES,
    OPEN_STATES,
    PLACES,
    TABLE,
    State,
    Verb,
    may,
    resolved,
    verbs_for,
)

STAFF = frozenset({"disputes.adjudicate_case"})


def test_every_state_has_a_place() -> None:
    assert set(PLACES) == set(State)


def test_two_states_never_share_a_stage_and_status() -> None:
    pairs = [(p.stage, p.status) for p in PLACES.values()]
    assert len(set(pairs)) == len(pairs)


def test_every_open_state_can_lapse() -> None:
    assert TABLE[Verb.LAPSE, ActorKind.SYSTEM] == OPEN_STATES


def test_nothing_can_be_done_to_a_resolved_case() -> None:
    resolved_states = set(State) - OPEN_STATES
    assert [key for key, states in TABLE.items() if states & resolved_states] == []


@pytest.mark.parametrize("verb", [Verb.SEND_MESSAGE, Verb.ESCALATE])
@pytest.mark.parametrize("kind", [ActorKind.BUYER, ActorKind.SELLER])
def test_parties_talk_and_escalate_only_in_inquiry(verb: Verb, kind: ActorKind) -> None:
    assert TABLE[verb, kind] <= INQUIRY_STATES


def test_adjudicate_needs_a_case_under_review() -> None:
    states = TABLE[Verb.ADJUDICATE, ActorKind.STAFF]
    assert {PLACES[s].status for s in states} == {Status.UNDER_REVIEW}


def test_provide_evidence_needs_the_matching_wait() -> None:
    waits = {ActorKind.BUYER: Status.WAITING_FOR_BUYER, ActorKind.SELLER: Status.WAITING_FOR_SELLER}
    for kind, status in waits.items():
        assert {PLACES[s].status for s in TABLE[Verb.PROVIDE_EVIDENCE, kind]} == {status}


def test_staff_without_the_permission_may_do_nothing() -> None:
    assert verbs_for(ActorKind.STAFF, State.UNDER_REVIEW, frozenset()) == []


def test_staff_with_the_permission_may_decide() -> None:
    assert may(Verb.ADJUDICATE, ActorKind.STAFF, State.UNDER_REVIEW, STAFF)


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_a_case_ends_in_the_stage_it_stood_in(state: State) -> None:
    assert PLACES[resolved(state)].stage == PLACES[state].stage
    assert PLACES[resolved(state)].status == Status.RESOLVED


def test_stages_of_appeals_are_still_empty() -> None:
    assert {p.stage for p in PLACES.values()} == {Stage.INQUIRY, Stage.CHARGEBACK}


def test_every_kind_of_evidence_the_rulebook_may_ask_for_can_be_given() -> None:
    assert set(EvidenceType.values) == set(EVIDENCE)
