"""Random walks over every verb, actor and clock move: what must hold after each step, holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Order, OrderChange
from disputes.enums import DenyReason, EvidenceType, Party, Reason, SubReason
from disputes.lifecycle import TABLE, State, Verb
from disputes.models import Case
from disputes.service.act import act
from disputes.service.filing import file_claim
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs import (
    answers,
    decisions,
    escalation,
    evidence,
    holding,
    messages,
    notes,
    withdrawal,
)
from disputes.verbs.filing import Claim
from tests.disputes import walking_reviews as reviews
from tests.disputes import walking_settlements as settlements
from tests.disputes.laws import Laws
from tests.factories import an_order, buyer_of, seller_of

# `make soak` walks 50,000 times. PostgreSQL's tests walk less: each step takes longer there.
WALKS = 50_000 if settings.default.max_examples > 1_000 else 2_000
PARTS = 16
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
STAFF_VERBS = {
    Verb.TAKE: holding.take,
    Verb.REQUIRE_EVIDENCE: evidence.require_evidence,
    Verb.ADJUDICATE: decisions.adjudicate,
    Verb.ADD_NOTE: notes.add_note,
}
VERBS = {
    Verb.SEND_MESSAGE: messages.send_message,
    Verb.ACCEPT_CLAIM: answers.accept_claim,
    Verb.DENY: answers.deny,
    Verb.ESCALATE: escalation.escalate,
    Verb.WITHDRAW: withdrawal.withdraw,
    Verb.PROVIDE_EVIDENCE: evidence.provide_evidence,
    **STAFF_VERBS,
    **settlements.VERBS,
    **reviews.VERBS,
}
# What the default rulebook asks a buyer to show first.
ASKED = [
    "PROOF_OF_DAMAGE",
    "PROOF_OF_SIGNIFICANT_DIFFERENCE",
    "PROOF_OF_MISSING_ITEMS",
]
ACTED = [key for key in TABLE if key[0] in VERBS]
ONWARD = {Verb.PROVIDE_EVIDENCE, Verb.DENY, *settlements.VERBS, *reviews.VERBS} - {Verb.EXTEND}
AMOUNTS = st.integers(-1, 90_000)
CLAIMS = st.sampled_from(
    [(Reason.NOT_RECEIVED, ""), *((Reason.NOT_AS_DESCRIBED, sub) for sub in SubReason.values)]
)


class Walk(RuleBasedStateMachine):
    """One order and the cases filed on it; the clock only goes forward."""

    staff: ClassVar[list[Actor]]

    @initialize(
        prices=st.lists(st.integers(0, 60_000), min_size=1, max_size=3),
        claim=CLAIMS,
        depth=st.sampled_from([0, 0, 1, 2, 3]),
    )
    def begin(self, prices: list[int], claim: tuple[Reason, str], depth: int) -> None:
        self.savepoint = transaction.savepoint()
        self.now = START
        self.order = an_order(START, prices=prices)
        self.laws = Laws(self.order)
        self.public_id = ""
        self.moved = False
        self.claim(Claim(*claim))
        if depth and self.public_id:
            reviews.brought(self.public_id, self.order, depth, self.now, self.staff)

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    @rule(claim=CLAIMS, requested=st.none() | AMOUNTS, one_line=st.booleans())
    def file(self, claim: tuple[Reason, str], requested: int | None, one_line: bool) -> None:
        refs = ("1",) if one_line else ()
        self.claim(Claim(*claim, refs, None if requested is None else Money(requested, "USD")))

    def claim(self, wanted: Claim) -> None:
        try:
            public_id = file_claim(self.order.external_id, wanted, buyer_of(self.order), self.now)
        except DomainError:
            return
        self.public_id = public_id
        self.moved = True

    @precondition(lambda self: self.public_id)
    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        state = self.standing()[0]
        possible = [key for key in ACTED if state in TABLE[key]]
        # Mostly what the table allows, for a walk that is only refused goes nowhere.
        self.use(data.draw(st.sampled_from([*possible * 4, *ACTED])), data)

    @precondition(lambda self: self.public_id)
    @rule(data=st.data())
    def move_on(self, data: st.DataObject) -> None:
        """What leads deeper into the table; what ends a case at once is left to `act`."""
        state = self.standing()[0]
        possible = [key for key in ACTED if state in TABLE[key] and key[0] in ONWARD]
        if possible:
            self.use(data.draw(st.sampled_from(possible)), data)

    @precondition(lambda self: self.public_id)
    @rule(data=st.data())
    def judge(self, data: st.DataObject) -> None:
        """What decides a case, first and on appeal."""
        state = self.standing()[0]
        possible = [key for key in ACTED if state in TABLE[key] and key[0] in reviews.DECIDING]
        if possible:
            self.use(data.draw(st.sampled_from(possible)), data)

    def use(self, key: tuple[Verb, ActorKind], data: st.DataObject) -> None:
        state, version = self.standing()
        verb, kind = key
        actor, params = self.actor(kind, data), self.params(verb, data)
        try:
            acted = act(VERBS[verb], self.public_id, actor, self.now, **params)
        except DomainError:
            assert self.standing() == (state, version)
            return
        if acted.refusal is None and not acted.lapsed:
            assert State(state) in TABLE[key]
        assert self.standing()[1] > version
        self.moved = True

    @rule(hours=st.integers(1, 60) | st.integers(1, 200))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def sweep(self) -> None:
        swept = sweep_cases(self.now)
        self.moved |= swept.done > 0
        assert swept.set_aside == {}
        assert not Case.objects.filter(due_at__lt=self.now).exists()

    @precondition(lambda self: self.public_id)
    @rule(delivered=st.booleans(), data=st.data())
    def feed_return(self, delivered: bool, data: st.DataObject) -> None:
        settlements.feed_return(self.order, self.now, delivered, data)

    @rule(delivered=st.booleans(), refund=st.integers(0, 20_000))
    def feed(self, delivered: bool, refund: int) -> None:
        order = Order.objects.get(pk=self.order.pk)
        if delivered and not order.delivered_at:
            order.delivered_at = self.now
            self.changed(ChangeKind.DELIVERED)
        if refund:
            order.refunded_minor += refund
            self.changed(ChangeKind.REFUNDED)
        order.save()

    @rule()
    def follow(self) -> None:
        followed = follow_facts(self.now)
        assert followed.set_aside == {}
        self.moved |= followed.done > 0

    @invariant()
    def laws_hold(self) -> None:
        if self.moved:
            self.laws.hold()
            self.moved = False

    def standing(self) -> tuple[str, int]:
        return Case.objects.values_list("state", "version").get(public_id=self.public_id)

    def changed(self, kind: ChangeKind) -> None:
        OrderChange.objects.create(order=self.order, kind=kind, at=self.now)

    def actor(self, kind: ActorKind, data: st.DataObject) -> Actor:
        sides = {ActorKind.BUYER: buyer_of(self.order), ActorKind.SELLER: seller_of(self.order)}
        return sides.get(kind) or data.draw(st.sampled_from(self.staff))

    def params(self, verb: Verb, data: st.DataObject) -> dict[str, object]:
        choose = lambda values: data.draw(st.sampled_from(values))  # noqa: E731
        match verb:
            case Verb.SEND_MESSAGE | Verb.ADD_NOTE:
                return {"body": choose(["Where is it?", " "])}
            case Verb.DENY:
                return {"reason": choose([*DenyReason.values, "x"]), "note": "It was sent."}
            case Verb.ESCALATE:
                return {"note": "Please decide."}
            case Verb.PROVIDE_EVIDENCE:
                number = choose(["", "RB123456785US"])
                kind = choose([*ASKED * 12, *EvidenceType.values])
                return {"evidence_type": kind, "note": "See.", "tracking_number": number}
            case Verb.REQUIRE_EVIDENCE:
                kind = choose(EvidenceType.values)
                return {"party": choose(Party.values), "evidence_type": kind, "note": "Show."}
            case Verb.ADJUDICATE:
                return reviews.ruling(data)
        told = reviews.params(verb, data, self.staff)
        if told is not None:
            return told
        return settlements.params(verb, data)


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_no_walk_leaves_the_rules(part: int) -> None:
    walks = WALKS // (10 if connection.vendor == "postgresql" else 1)
    sizes = settings(max_examples=walks // PARTS, stateful_step_count=60, database=None)
    Walk.staff = reviews.some_staff()
    run_state_machine_as_test(seed(part)(Walk), settings=sizes)
