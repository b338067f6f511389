"""The table itself: what it promises whatever the verbs do."""

import pytest

from backoffice.common.actors import ActorKind
from backoffice.rulebook.vocabulary import EVIDENCE
from disputes.enums import EvidenceType, Stage, Status
from disputes.lifecycle import (
    APPEAL_STATES,
    INQUIRY_STATES,
    OPEN_STATES,
    PLACES,
    RETURN_STATES,
    TABLE,
    State,
    Verb,
    may,
    resolved,
    verbs_for,
)
from disputes.verbs.consent import BOTH_WAIT

STAFF = frozenset({"disputes.adjudicate_case"})


def test_every_state_has_a_place() -> None:
    assert set(PLACES) == set(State)


def test_two_states_with_one_stage_and_status_wait_for_different_things() -> None:
    places = [(p.stage, p.status, p.waiting) for p in PLACES.values()]
    assert len(set(places)) == len(places)


def test_every_open_state_can_lapse() -> None:
    assert TABLE[Verb.LAPSE, ActorKind.SYSTEM] == OPEN_STATES


def test_a_resolved_case_is_only_appealed_and_noted() -> None:
    resolved_states = set(State) - OPEN_STATES
    done = {verb for (verb, _), states in TABLE.items() if states & resolved_states}
    assert done == {Verb.APPEAL, Verb.ADD_NOTE}


@pytest.mark.parametrize(
    "verb", [Verb.MAKE_OFFER, Verb.ACCEPT_OFFER, Verb.DENY_OFFER, Verb.ESCALATE]
)
@pytest.mark.parametrize("kind", [ActorKind.BUYER, ActorKind.SELLER])
def test_parties_settle_and_escalate_only_in_inquiry(verb: Verb, kind: ActorKind) -> None:
    assert TABLE[verb, kind] <= INQUIRY_STATES


@pytest.mark.parametrize("kind", [ActorKind.BUYER, ActorKind.SELLER])
def test_parties_talk_until_staff_have_the_case_and_while_goods_go_back(kind: ActorKind) -> None:
    assert TABLE[Verb.SEND_MESSAGE, kind] == INQUIRY_STATES | RETURN_STATES | {State.PROPOSED}


def test_adjudicate_needs_a_case_under_review() -> None:
    states = TABLE[Verb.ADJUDICATE, ActorKind.STAFF]
    assert {PLACES[s].status for s in states} == {Status.UNDER_REVIEW}


def test_whoever_is_waited_for_may_show_evidence_and_else_nobody_but_while_they_talk() -> None:
    waits = {ActorKind.BUYER: Status.WAITING_FOR_BUYER, ActorKind.SELLER: Status.WAITING_FOR_SELLER}
    for kind, status in waits.items():
        waiting = {state for state, place in PLACES.items() if place.status == status}
        assert TABLE[Verb.PROVIDE_EVIDENCE, kind] == waiting | {State.NEGOTIATION}


def test_an_offer_is_answered_by_the_side_it_waits_for() -> None:
    assert TABLE[Verb.ACCEPT_OFFER, ActorKind.BUYER] == {State.OFFER_TO_BUYER}
    assert TABLE[Verb.ACCEPT_OFFER, ActorKind.SELLER] == {State.OFFER_TO_SELLER}


def test_a_side_grants_more_time_only_to_the_other() -> None:
    buyer, seller = ActorKind.BUYER, ActorKind.SELLER
    for giver, asker in ((buyer, seller), (seller, buyer)):
        assert TABLE[Verb.EXTEND, giver] == TABLE[Verb.ASK_EXTENSION, asker]


def test_a_side_asks_for_more_time_where_it_is_waited_for_and_in_negotiation() -> None:
    waits = {ActorKind.BUYER: Status.WAITING_FOR_BUYER, ActorKind.SELLER: Status.WAITING_FOR_SELLER}
    for kind, status in waits.items():
        waiting = {state for state, place in PLACES.items() if place.status == status}
        assert TABLE[Verb.ASK_EXTENSION, kind] == waiting | {State.NEGOTIATION}


def test_more_time_is_given_by_consent_only_in_negotiation() -> None:
    assert {State.NEGOTIATION} == BOTH_WAIT


def test_staff_without_the_permission_may_do_nothing() -> None:
    assert verbs_for(ActorKind.STAFF, State.UNDER_REVIEW, frozenset()) == []


def test_staff_with_the_permission_may_decide() -> None:
    assert may(Verb.ADJUDICATE, ActorKind.STAFF, State.UNDER_REVIEW, STAFF)


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_a_case_ends_in_the_stage_it_stood_in(state: State) -> None:
    assert PLACES[resolved(state)].stage == PLACES[state].stage
    assert PLACES[resolved(state)].status == Status.RESOLVED


def test_arbitration_is_for_appeals() -> None:
    assert {p.stage for p in PLACES.values()} == set(Stage) - {Stage.PRE_ARBITRATION}
    assert {s for s in OPEN_STATES if PLACES[s].stage == Stage.ARBITRATION} == APPEAL_STATES


def test_every_kind_of_evidence_the_rulebook_may_ask_for_can_be_given() -> None:
    assert set(EvidenceType.values) == set(EVIDENCE)
