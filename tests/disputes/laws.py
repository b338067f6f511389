"""What must hold after every step of a walk, whatever was done."""

from __future__ import annotations

from collections import Counter
from typing import Any

from backoffice.audit.chain import GENESIS, event_hash
from backoffice.audit.models import Event
from backoffice.audit.service.verification import FIELDS
from backoffice.orders.models import Order
from backoffice.rulebook.queries import book
from disputes.enums import Outcome
from disputes.lifecycle import APPEAL_STATES, OPEN_STATES, PLACES, State
from disputes.queries.known import ruling_reason
from tests.disputes.laws_of_extensions import Extensions
from tests.disputes.laws_of_replacements import replacements_hold
from tests.disputes.laws_of_reviews import reviews_hold
from tests.disputes.laws_of_settlements import settlements_hold
from tests.disputes.laws_of_time import deadlines_hold
from tests.disputes.walked import Row, Walked, walked

COMPENSATING = ("HOLD", "REFUND")


class Laws:
    """The laws over one order and its cases; remembers how far it has read.

    `actions` counts the events it met, by action and kind of actor; `states` where cases stood.
    """

    def __init__(self, order: Order) -> None:
        self._order = order.pk
        self._book = book(order.rulebook_number)
        self._ends: dict[str, tuple[int, str]] = {}
        self._last_event = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
        self._paid = 0
        self.extensions = Extensions(self._book)
        self._replaced: dict[str, Any] = {}
        self.actions: Counter[tuple[str, str]] = Counter()
        self.states: Counter[str] = Counter()

    def hold(self) -> Walked:
        """Read what there is, and hold every law against it."""
        seen = walked(self._order)
        for case in seen.cases:
            _states(case)
            _money(case, seen)
            self.states[case["state"]] += 1
        self._prices(seen)
        _remedies(seen)
        settlements_hold(seen)
        replacements_hold(seen, self._replaced)
        reviews_hold(seen)
        deadlines_hold(seen, self._book)
        self._chains(seen)
        self.extensions.hold(seen)
        return seen

    def _prices(self, seen: Walked) -> None:
        """No line pays more than the rulebook's multiple of its price, and the order no more in

        all, what the marketplace refunded on its own included. (It may itself refund too much, and
        late, and does not say for which line: what is held is that we add nothing to that.)
        """
        limits = {line["id"]: 100 for line in seen.rows["lines"]}
        for claim in seen.rows["claimed"]:
            reason = ruling_reason(claim["reason"], claim["sub_reason"])
            percent = self._book.evaluate("claim_limit", {"reason": reason}).number("max_percent")
            limits[claim["line_id"]] = max(limits[claim["line_id"]], percent)
        most = {row["id"]: row["value"] * limits[row["id"]] // 100 for row in seen.rows["lines"]}
        elsewhere = {case["public_id"]: case["credited_minor"] for case in seen.cases}
        paid = Counter[int]()
        for remedy in seen.rows["remedies"]:
            paid[remedy["line_id"]] += max(0, remedy["paid_minor"] - elsewhere[remedy["owner"]])
        assert all(paid[line] <= most[line] for line in most)
        by_us = sum(case["refunded_minor"] for case in seen.cases)
        if by_us > self._paid:
            assert by_us + seen.refunded_minor <= sum(most.values())
        self._paid = by_us
        credited = sum(case["credited_minor"] for case in seen.cases)
        assert credited <= seen.counted_minor <= seen.refunded_minor

    def _chains(self, seen: Walked) -> None:
        """Each new event follows the one before it, and the case knows the last one."""
        cases = {case["public_id"]: case for case in seen.cases}
        rows = Event.objects.filter(subject_kind="case", id__gt=self._last_event).order_by("id")
        for pk, *row in rows.values_list("id", *FIELDS):
            _, subject, seq, action, _, at, data, previous, digest, kind, _ = row
            length, end = self._ends.get(subject, (0, GENESIS))
            assert (seq, previous) == (length + 1, end)
            assert event_hash(*row[:8]) == digest
            self._ends[subject], self._last_event = (seq, digest), pk
            self.actions[action, kind] += 1
            self.extensions.met(cases[subject], action, kind, at, data)
        for case in seen.cases:
            end = (case["chain_length"], case["chain_hash"])
            assert end == self._ends[case["public_id"]]


def _states(case: Row) -> None:
    is_open = State(case["state"]) in OPEN_STATES
    undecided = is_open and State(case["state"]) not in APPEAL_STATES
    assert is_open == (case["due_at"] is not None)
    assert undecided == (case["outcome"] == "") == (case["resolved_at"] is None)
    assert case["assignee_id"] is None or PLACES[State(case["state"])].stage != "INQUIRY"
    assert case["assigned_until"] is None or (is_open and case["assignee_id"])


def _money(case: Row, seen: Walked) -> None:
    """What was paid is posted, what is claimed is held while the case is open; never both.

    The payment provider is told to pay just what the ledger says was paid.
    """
    transfers = seen.transfers(case)
    held = [t for t in transfers if t["state"] == "PENDING"]
    assert all(t["kind"] == "HOLD" for t in held)
    claimed = case["requested_minor"] if case["outcome"] == "" else 0
    assert sum(t["amount_minor"] for t in held) == claimed
    first = [t for t in transfers if t["kind"] in COMPENSATING and t["state"] != "VOIDED"]
    assert len(first) <= 1
    assert case["credited_minor"] + case["refunded_minor"] <= case["requested_minor"]
    posted = [t for t in transfers if t["state"] == "POSTED"]
    to_buyer = sum(t["amount_minor"] for t in posted if t["credit"] == "BUYER")
    assert seen.payouts[case["public_id"]] == to_buyer
    if case["outcome"] == Outcome.CANCELED_BY_BUYER:
        assert not posted


def _remedies(seen: Walked) -> None:
    """An open case holds just its lines, each line is held once, and no other case holds any."""
    held = [(r["line_id"], r["owner"]) for r in seen.rows["remedies"] if r["closed_at"] is None]
    claimed = {
        (c["line_id"], c["public_id"]) for c in seen.rows["claimed"] if c["due_at"] is not None
    }
    assert set(held) == claimed
    assert len({line for line, _ in held}) == len(held)
