"""What must hold after every step of a walk, whatever was done: read in a few statements.

A hundred thousand steps are looked at, so each table is read once a step, and of the chains only
what was appended since.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from backoffice.audit.chain import GENESIS, event_hash
from backoffice.audit.models import Event
from backoffice.audit.service.verification import FIELDS
from backoffice.ledger.enums import TransferKind, TransferState
from backoffice.ledger.models import COMPENSATING, Transfer
from backoffice.orders.models import Order, Remedy
from disputes.enums import SubReason
from disputes.lifecycle import APPEAL_STATES, OPEN_STATES, PLACES, State
from disputes.models import Case
from tests.disputes.walking_reviews import reviews_hold
from tests.disputes.walking_settlements import settlements_hold

CASE = (
    "id",
    "public_id",
    "state",
    "sub_reason",
    "due_at",
    "outcome",
    "assignee_id",
    "assigned_until",
    "requested_minor",
    "credited_minor",
    "refunded_minor",
    "chain_length",
    "chain_hash",
)


class Laws:
    """The laws over one order and its cases; remembers how far the chains were read."""

    def __init__(self, order: Order) -> None:
        self._order = order.pk
        self._value = order.items_minor + order.freight_minor
        self._lines = order.lines.count()
        self._ends: dict[str, tuple[int, str]] = {}
        self._last_event = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0

    def hold(self) -> None:
        """Read what there is, and hold every law against it."""
        cases = [dict(zip(CASE, row, strict=True)) for row in _cases(self._order)]
        transfers = _transfers([case["public_id"] for case in cases])
        for case in cases:
            _states(case)
            _money(case, transfers[case["public_id"]])
        self._value_holds(cases)
        settlements_hold(cases)
        reviews_hold(cases)
        self._remedies()
        self._chains(cases)

    def _value_holds(self, cases: list[dict[str, Any]]) -> None:
        """The buyer gets no more than he paid; twice that is for counterfeits alone."""
        if all(case["sub_reason"] != SubReason.COUNTERFEIT for case in cases):
            came_back = sum(case["refunded_minor"] + case["credited_minor"] for case in cases)
            assert came_back <= self._value

    def _remedies(self) -> None:
        open_ones = Remedy.objects.filter(line__order=self._order, closed_at=None)
        assert open_ones.count() <= self._lines
        fed, counted = Order.objects.values_list("refunded_minor", "refunds_counted_minor").get(
            pk=self._order
        )
        assert counted <= fed

    def _chains(self, cases: list[dict[str, Any]]) -> None:
        """Each new event follows the one before it, and the case knows the last one."""
        rows = Event.objects.filter(subject_kind="case", id__gt=self._last_event).order_by("id")
        for pk, *row in rows.values_list("id", *FIELDS):
            _, subject, seq, *_, previous, digest, _, _ = row
            length, end = self._ends.get(subject, (0, GENESIS))
            assert (seq, previous) == (length + 1, end)
            assert event_hash(*row[:8]) == digest
            self._ends[subject], self._last_event = (seq, digest), pk
        for case in cases:
            end = (case["chain_length"], case["chain_hash"])
            assert end == self._ends[case["public_id"]]


def _cases(order_id: int) -> Any:
    return Case.objects.filter(order_id=order_id).values_list(*CASE)


def _transfers(subjects: list[str]) -> defaultdict[str, list[tuple[str, str, int]]]:
    """Each case's transfers: kind, state, amount."""
    found: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    rows = Transfer.objects.filter(subject__in=subjects)
    for subject, *row in rows.values_list("subject", "kind", "state", "amount_minor"):
        found[subject].append((row[0], row[1], row[2]))
    return found


def _states(case: dict[str, Any]) -> None:
    is_open = State(case["state"]) in OPEN_STATES
    undecided = is_open and State(case["state"]) not in APPEAL_STATES
    assert is_open == (case["due_at"] is not None)
    assert undecided == (case["outcome"] == "")
    assert case["assignee_id"] is None or PLACES[State(case["state"])].stage != "INQUIRY"
    assert case["assigned_until"] is None or (is_open and case["assignee_id"])


def _money(case: dict[str, Any], transfers: list[tuple[str, str, int]]) -> None:
    """What was paid is posted, what is claimed is held while the case is open; never both."""
    held = [t for t in transfers if t[1] == TransferState.PENDING]
    assert all(kind == TransferKind.HOLD for kind, _, _ in held)
    assert sum(amount for _, _, amount in held) == (
        case["requested_minor"] if case["outcome"] == "" else 0
    )
    first = [t for t in transfers if t[0] in COMPENSATING]
    assert sum(state != TransferState.VOIDED for _, state, _ in first) <= 1
    assert case["credited_minor"] + case["refunded_minor"] <= case["requested_minor"]
