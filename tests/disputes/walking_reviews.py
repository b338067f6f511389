"""Random walks: the verbs by which staff decide and sides appeal, and what must hold of money."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from backoffice.accounts.models import User
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import DomainError
from backoffice.common.money import Money
from backoffice.ledger.enums import TransferState
from backoffice.ledger.models import Transfer
from backoffice.orders.models import Order
from disputes.enums import AppealOutcome, BorneBy, DecisionCode, EvidenceType, Instance
from disputes.lifecycle import APPEAL_STATES, OPEN_STATES, State, Verb
from disputes.models import Appeal, Decision, Proposal
from disputes.queries import snapshots
from disputes.service.act import act
from disputes.verbs import (
    answers,
    appeals,
    approvals,
    decisions,
    escalation,
    evidence,
    hearing,
    holding,
    supporting_info,
)
from disputes.verbs.holding import ABOVE_LIMIT
from disputes.verbs.line_amounts import LineAward
from disputes.verbs.minimum import missing
from tests.factories import buyer_of, seller_of

ADJUDICATE = "disputes.adjudicate_case"
VERBS: dict[Verb, Callable[..., Any]] = {
    Verb.ASSIGN: holding.assign,
    Verb.RELEASE: holding.release,
    Verb.APPROVE: approvals.approve,
    Verb.SEND_BACK: approvals.send_back,
    Verb.RECONSIDER: approvals.reconsider,
    Verb.APPEAL: appeals.appeal,
    Verb.DECIDE_APPEAL: hearing.decide_appeal,
    Verb.PROVIDE_SUPPORTING_INFO: supporting_info.provide_supporting_info,
}
DECIDING = {Verb.ADJUDICATE, *VERBS} - {
    Verb.ASSIGN,
    Verb.RELEASE,
    Verb.PROVIDE_SUPPORTING_INFO,
}
PROPOSED = frozenset({State.TO_APPROVE, State.PROPOSED, State.APPEAL_TO_APPROVE})
UNDECIDED = OPEN_STATES - APPEAL_STATES


def some_staff() -> list[Actor]:
    """Somebody without rights, an adjudicator, and seniors enough for two instances."""
    both = frozenset({ADJUDICATE, ABOVE_LIMIT})
    held = {"Ann": frozenset[str](), "Bob": frozenset({ADJUDICATE})}
    held |= dict.fromkeys(("Sue", "Tom", "Uma", "Vic"), both)
    people = []
    for name, permissions in held.items():
        email = f"{name.lower()}@example.com"
        user, _ = User.objects.get_or_create(email=email, name=name, is_staff=True)
        people.append(Actor(ActorKind.STAFF, str(user.pk), name, permissions=permissions))
    return people


def brought(public_id: str, order: Order, depth: int, now: datetime, staff: list[Actor]) -> None:
    """Bring a case so deep at once: to review, decided, appealed. Random steps seldom get there."""
    seller, buyer, bob = seller_of(order), buyer_of(order), staff[1]
    given = [
        (evidence.provide_evidence, buyer, {"evidence_type": kind, "note": "See."})
        for kind in missing(snapshots.peek(public_id))
    ]
    ruled = {"refund": Money(500, "USD"), "borne_by": "SELLER", "reason": "In part."}
    steps: list[tuple[Any, Actor, dict[str, Any]]] = [
        *given,
        (answers.deny, seller, {"reason": "OTHER", "note": "No."}),
        (escalation.escalate, buyer, {"note": "Decide."}),
        (decisions.adjudicate, bob, ruled),
        (approvals.approve, staff[2], {}),
        (appeals.appeal, buyer, {"text": "That is too little."}),
    ]
    for verb, actor, params in steps[: len(given) + 2 * depth]:
        try:
            act(verb, public_id, actor, now, **params)
        except DomainError:
            continue  # not above the limit, or the claim was smaller


def ruling(data: st.DataObject) -> dict[str, object]:
    """What staff rule: mostly right, sometimes not."""
    choose = lambda values: data.draw(st.sampled_from(values))  # noqa: E731
    minor = data.draw(st.integers(0, 900) | st.integers(-1, 90_000))
    told: dict[str, object] = {
        "refund": Money(minor, "USD"),
        "borne_by": choose([*BorneBy.values * 4, ""]),
        "reason": "As it stands.",
        "code": choose(["", *DecisionCode.values]),
    }
    if data.draw(st.integers(0, 4)):
        return told
    awards = {"1": LineAward(percent=data.draw(st.integers(0, 100)))}
    return {**told, "lines": awards, "return_needed": data.draw(st.booleans())}


def params(verb: Verb, data: st.DataObject, staff: list[Actor]) -> dict[str, object] | None:
    """What is said with a verb; None for one that is not of these."""
    match verb:
        case Verb.ASSIGN:
            return {"colleague": data.draw(st.sampled_from(staff)), "note": "You know it."}
        case Verb.SEND_BACK | Verb.RECONSIDER:
            return {"note": "Look again."}
        case Verb.APPEAL:
            return {"text": data.draw(st.sampled_from(["It was found.", " "]))}
        case Verb.DECIDE_APPEAL:
            told = ruling(data)
            told.pop("return_needed", None)
            outcome = data.draw(st.sampled_from(AppealOutcome.values))
            return {**told, "outcome": outcome, "fraud": data.draw(st.booleans())}
        case Verb.PROVIDE_SUPPORTING_INFO:
            kind = data.draw(st.sampled_from(EvidenceType.values))
            return {"evidence_type": kind, "note": "See also."}
    return {} if verb in VERBS else None


def reviews_hold(cases: list[dict[str, Any]]) -> None:
    """Proposals and appeals stand in their states; money is as the decision in force says."""
    ids = [case["id"] for case in cases]
    proposals = _open(Proposal, ids)
    hearing = set(
        Appeal.objects.filter(case_id__in=ids, decided_at=None).values_list("case_id", flat=True)
    )
    decisions: defaultdict[int, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(case_id__in=ids).order_by("id"):
        decisions[decision.case_id].append(decision)
    balances = _balances([case["public_id"] for case in cases])
    for case in cases:
        state = State(case["state"])
        assert (case["id"] in proposals) == (state in PROPOSED)
        assert (case["id"] in hearing) == (state in APPEAL_STATES)
        instances = [d.instance for d in decisions[case["id"]]]
        assert instances == _instances(state)
        has = balances[case["public_id"]]
        if state in UNDECIDED:
            assert not has
        else:
            _stands(case, decisions[case["id"]], has)


def _open(model: Any, ids: list[int]) -> set[int]:
    rows = model.objects.filter(case_id__in=ids, closed_at=None)
    return set(rows.values_list("case_id", flat=True))


def _instances(state: State) -> list[str]:
    if state in UNDECIDED:
        return []
    if state == State.RESOLVED_IN_APPEAL:
        return [Instance.FIRST.value, Instance.APPEAL.value]
    return [Instance.FIRST.value]


def _stands(case: dict[str, Any], decided: list[Decision], has: Counter[str]) -> None:
    """The buyer has what was ruled and what he keeps; the seller bears what he was told to."""
    last = decided[-1]
    assert has["BUYER"] == last.refund_minor + last.kept_minor == case["refunded_minor"]
    bears = last.refund_minor if last.borne_by == BorneBy.SELLER else 0
    assert has["SELLER"] == -bears
    assert sum(has.values()) == 0
    if len(decided) == 2 and last.decided_by_kind == ActorKind.STAFF:
        first = decided[0]
        judges = {last.decided_by_ref, last.approved_by} - {""}
        if first.decided_by_kind == ActorKind.STAFF:
            assert not judges & {first.decided_by_ref, first.approved_by}


def _balances(subjects: list[str]) -> defaultdict[str, Counter[str]]:
    """By case, what each side has of it."""
    has: defaultdict[str, Counter[str]] = defaultdict(Counter)
    posted = Transfer.objects.filter(subject__in=subjects, state=TransferState.POSTED)
    columns = ("subject", "debit__kind", "credit__kind", "amount_minor")
    for subject, debit, credit, minor in posted.values_list(*columns):
        has[subject][debit] -= minor
        has[subject][credit] += minor
    return has
