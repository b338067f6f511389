"""Random walks over every verb, actor and clock move: what must hold after each step, holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backoffice.accounts.models import User
from backoffice.audit.queries import chain
from backoffice.audit.service.verification import Tally, check_chains
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Account, Transfer
from backoffice.ledger.queries import balance
from backoffice.orders.enums import ChangeKind
from backoffice.orders.models import Order, OrderChange, Remedy
from disputes.enums import BorneBy, DenyReason, EvidenceType, Party, Reason, SubReason
from disputes.lifecycle import OPEN_STATES, PLACES, TABLE, State, Verb
from disputes.models import Case, Decision
from disputes.service.act import act
from disputes.service.filing import file_claim
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs import (
    answers,
    decisions,
    escalation,
    evidence,
    messages,
    withdrawal,
)
from disputes.verbs.filing import Claim
from tests.factories import an_order, buyer_of, seller_of

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADJUDICATE = "disputes.adjudicate_case"
STAFF_VERBS = {
    Verb.TAKE: escalation.take,
    Verb.REQUIRE_EVIDENCE: evidence.require_evidence,
    Verb.ADJUDICATE: decisions.adjudicate,
}
VERBS = {
    Verb.SEND_MESSAGE: messages.send_message,
    Verb.ACCEPT_CLAIM: answers.accept_claim,
    Verb.DENY: answers.deny,
    Verb.ESCALATE: escalation.escalate,
    Verb.WITHDRAW: withdrawal.withdraw,
    Verb.PROVIDE_EVIDENCE: evidence.provide_evidence,
    **STAFF_VERBS,
}
ACTED = [key for key in TABLE if key[0] in VERBS]
AMOUNTS = st.integers(-1, 90_000)
CLAIMS = st.sampled_from(
    [(Reason.NOT_RECEIVED, ""), *((Reason.NOT_AS_DESCRIBED, sub) for sub in SubReason.values)]
)


class Walk(RuleBasedStateMachine):
    """One order and the cases filed on it; the clock only goes forward."""

    @initialize(prices=st.lists(st.integers(0, 60_000), min_size=1, max_size=3))
    def begin(self, prices: list[int]) -> None:
        self.savepoint = transaction.savepoint()
        self.now = START
        self.order = an_order(START, prices=prices)
        user, _ = User.objects.get_or_create(email="ann@example.com", is_staff=True)
        both = frozenset({ADJUDICATE, decisions.ABOVE_LIMIT})
        self.staff = [
            Actor(ActorKind.STAFF, str(user.pk), "Ann", permissions=held)
            for held in (frozenset[str](), frozenset({ADJUDICATE}), both)
        ]
        self.public_id = ""
        self.seen: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    @rule(claim=CLAIMS, requested=st.none() | AMOUNTS, one_line=st.booleans())
    def file(self, claim: tuple[Reason, str], requested: int | None, one_line: bool) -> None:
        wanted = Claim(
            claim[0],
            claim[1],
            line_refs=("1",) if one_line else (),
            requested=None if requested is None else Money(requested, "USD"),
        )
        try:
            public_id = file_claim(self.order.external_id, wanted, buyer_of(self.order), self.now)
        except DomainError:
            return
        self.public_id = public_id
        self.seen.append(public_id)

    @precondition(lambda self: self.seen)
    @rule(key=st.sampled_from(ACTED), data=st.data())
    def act(self, key: tuple[Verb, ActorKind], data: st.DataObject) -> None:
        verb, kind = key
        case = self.case
        try:
            acted = act(
                VERBS[verb],
                self.public_id,
                self.actor(kind, data),
                self.now,
                **self.params(verb, data),
            )
        except DomainError:
            assert self.case.version == case.version
            return
        if acted.refusal is None and not acted.lapsed:
            assert State(case.state) in TABLE[key]
        assert self.case.version > case.version

    @rule(hours=st.integers(1, 200))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def sweep(self) -> None:
        swept = sweep_cases(self.now)
        assert swept.set_aside == {}
        assert not Case.objects.filter(due_at__lt=self.now).exists()

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
        assert follow_facts(self.now).set_aside == {}

    @invariant()
    def cases_hold(self) -> None:
        for case in Case.objects.filter(public_id__in=self.seen):
            is_open = State(case.state) in OPEN_STATES
            assert is_open == (case.due_at is not None) == (case.outcome == "")
            assert case.assignee_id is None or PLACES[State(case.state)].stage == "CHARGEBACK"
            assert Decision.objects.filter(case=case).count() == (not is_open)
            assert chain("case", case.public_id).last().hash == case.chain_hash

    @invariant()
    def money_holds(self) -> None:
        for case in Case.objects.filter(public_id__in=self.seen):
            moved = Transfer.objects.filter(subject=case.public_id)
            assert total(moved, TransferState.POSTED) == case.refunded_minor
            held = total(moved, TransferState.PENDING)
            assert held == (case.requested_minor if case.outcome == "" else 0)
            assert moved.exclude(state=TransferState.VOIDED).count() <= 1
            assert case.credited_minor + case.refunded_minor <= case.requested_minor
        assert sum(balance(account) for account in Account.objects.all()) == 0
        if not Case.objects.filter(sub_reason=SubReason.COUNTERFEIT).exists():
            cases = Case.objects.filter(public_id__in=self.seen)
            came_back = sum(c.refunded_minor + c.credited_minor for c in cases)
            assert came_back <= sum(line.price_minor for line in self.order.lines.all())

    @invariant()
    def one_remedy_holds(self) -> None:
        if self.seen:
            remedies = Remedy.objects.filter(line__order=self.order)
            assert remedies.filter(closed_at=None).count() <= self.order.lines.count()
            order = Order.objects.get(pk=self.order.pk)
            assert order.refunds_counted_minor <= order.refunded_minor

    @invariant()
    def chains_hold(self) -> None:
        if self.seen:
            assert check_chains(Tally()) is None

    @property
    def case(self) -> Case:
        return Case.objects.get(public_id=self.public_id)

    def changed(self, kind: ChangeKind) -> None:
        OrderChange.objects.create(order=self.order, kind=kind, at=self.now)

    def actor(self, kind: ActorKind, data: st.DataObject) -> Actor:
        sides = {ActorKind.BUYER: buyer_of(self.order), ActorKind.SELLER: seller_of(self.order)}
        return sides.get(kind) or data.draw(st.sampled_from(self.staff))

    def params(self, verb: Verb, data: st.DataObject) -> dict[str, object]:
        choose = lambda values: data.draw(st.sampled_from(values))  # noqa: E731
        match verb:
            case Verb.SEND_MESSAGE:
                return {"body": choose(["Where is it?", " "])}
            case Verb.DENY:
                return {"reason": choose([*DenyReason.values, "x"]), "note": "It was sent."}
            case Verb.ESCALATE:
                return {"note": "Please decide."}
            case Verb.PROVIDE_EVIDENCE:
                number = choose(["", "RB123456785US"])
                kind = choose(EvidenceType.values)
                return {"evidence_type": kind, "note": "See.", "tracking_number": number}
            case Verb.REQUIRE_EVIDENCE:
                kind = choose(EvidenceType.values)
                return {"party": choose(Party.values), "evidence_type": kind, "note": "Show."}
            case Verb.ADJUDICATE:
                refund = Money(data.draw(AMOUNTS), "USD")
                bearer = choose([*BorneBy.values, ""])
                return {"refund": refund, "borne_by": bearer, "reason": "As it stands."}
        return {}


def total(transfers: object, state: TransferState) -> int:
    return transfers.filter(state=state).aggregate(sum=Sum("amount_minor"))["sum"] or 0  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_no_walk_leaves_the_rules() -> None:
    run_state_machine_as_test(Walk, settings=settings(max_examples=60, stateful_step_count=30))
