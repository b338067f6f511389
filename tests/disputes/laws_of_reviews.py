"""What must hold of decisions, appeals and their money after every step of a walk."""

from __future__ import annotations

from collections import Counter

from backoffice.common.actors import ActorKind
from disputes.enums import BorneBy, Instance
from disputes.lifecycle import APPEAL_STATES, OPEN_STATES, State
from tests.disputes.walked import Row, Walked

PROPOSED = frozenset({State.TO_APPROVE, State.PROPOSED, State.APPEAL_TO_APPROVE})
UNDECIDED = OPEN_STATES - APPEAL_STATES


def reviews_hold(seen: Walked) -> None:
    """Proposals and appeals stand in their states; money is as the decision in force says."""
    for case in seen.cases:
        state = State(case["state"])
        decided = seen.of("decisions", case)
        assert len(seen.of("proposals", case)) == (state in PROPOSED)
        appealed = [appeal["party"] for appeal in seen.of("appeals", case)]
        assert bool(appealed) == (state in APPEAL_STATES)
        assert len(appealed) == len(set(appealed))
        assert [d["instance"] for d in decided] == _instances(state)
        has = seen.balances[case["public_id"]]
        if state in UNDECIDED:
            assert not has
        else:
            _stands(case, decided, has)


def _instances(state: State) -> list[str]:
    if state in UNDECIDED:
        return []
    if state == State.RESOLVED_IN_APPEAL:
        return [Instance.FIRST.value, Instance.APPEAL.value]
    return [Instance.FIRST.value]


def _stands(case: Row, decided: list[Row], has: Counter[str]) -> None:
    """The buyer has what was ruled and what he keeps; the seller bears what he was told to, and is

    whole for the rest: the platform bears that.
    """
    last = decided[-1]
    assert has["BUYER"] == last["refund_minor"] + last["kept_minor"] == case["refunded_minor"]
    bears = last["refund_minor"] if last["borne_by"] == BorneBy.SELLER else 0
    assert has["SELLER"] == -bears
    assert has["PLATFORM"] == bears - has["BUYER"]
    assert sum(has.values()) == 0
    if len(decided) == 2 and last["decided_by_kind"] == ActorKind.STAFF:
        first = decided[0]
        judges = {last["decided_by_ref"], last["approved_by"]} - {""}
        if first["decided_by_kind"] == ActorKind.STAFF:
            assert not judges & {first["decided_by_ref"], first["approved_by"]}
