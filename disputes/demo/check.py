"""The main story, driven from outside against running servers: `make demo CHECK=1`.

Only the clock is ours. The order is fed as bought 61 days ago, so its promise has just passed; the
seller's five days are passed by `manage.py sweep --once --now`, which production refuses.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from urllib.error import HTTPError

from django.core.management import call_command
from django.core.management.base import CommandError

from backoffice.orders.actions import CLAIMABLE
from backoffice.outbox.models import Message
from disputes.demo.check_review import ReviewStory
from disputes.demo.people import LOGINS, PASSWORD
from disputes.demo.visitor import Person, Program
from disputes.lifecycle import State
from disputes.models import Case

PATIENCE = 90  # seconds for the worker to do what beat asks of it
ORDER = "CHECK-0001"
PRICE = {"currency_code": "USD", "value": "129.90"}
NOT_RECEIVED = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"
Step = tuple[str, str]


class CheckFailed(Exception):
    """A step did not come out as it should; the text says which and how."""


class Checker:
    """One run of the story on the servers at `home`. `alive` raises if one of them died.

    Make it before the servers start: it looks for what their first sweep will have to do.
    """

    def __init__(self, home: str, key: str, now: datetime, alive: Callable[[], None]) -> None:
        self.program, self.home, self.now, self.alive = Program(home, key), home, now, alive
        self.dispute = ""
        waits = State.SELLER_TO_ANSWER
        self.overdue = Case.objects.filter(due_at__lt=now, state=waits).earliest("due_at")

    def steps(self) -> Iterator[Step]:
        """Each step as it is done: what was shown, and a detail. Raises CheckFailed."""
        review = ReviewStory(self.program, self.home, self.now, _expect)
        for step in (
            self._worker_sweeps,
            self._order_is_fed,
            self._promise_is_computed,
            self._promise_binds,
            self._watch_finds_it,
            self._claim_is_filed,
            self._time_passes,
            self._claim_lapses,
            self._money_moves,
            self._chain_tells_why,
            self._staff_see_it,
            *review.steps(),
            self._books_hold,
        ):
            try:
                done = step()
            except (HTTPError, LookupError, TypeError, ValueError) as error:
                said = error.read().decode() if isinstance(error, HTTPError) else ""
                raise CheckFailed(f"{step.__name__}: {error!r} {said}") from error
            yield done

    def _worker_sweeps(self) -> Step:
        address = f"disputes/{self.overdue.public_id}"
        self._wait("a sweep by the worker", lambda: self.program.get(address)["outcome"] != "")
        due = f"{self.overdue.due_at:%H:%M} UTC"
        return "Worker and beat sweep through the broker", f"{self.overdue}, due {due}, has lapsed"

    def _order_is_fed(self) -> Step:
        orders = [_order(ORDER, self.now, 61), _order(f"{ORDER}-LATER", self.now, 59)]
        status, answer = self.program.post("orders", {"items": orders})
        results = [item["result"] for item in answer.get("items", [])]
        _expect((status, results) == (200, ["created", "created"]), f"created, not {answer}")
        return "Order fed in", f"{ORDER}, bought 61 days ago, {_text(PRICE)}, never shipped"

    def _promise_is_computed(self) -> Step:
        order = self.program.get(f"orders/{ORDER}")
        due = _moment(order["purchased_at"]) + timedelta(days=60)
        got = (order["max_days"], _moment(order["deliver_by"]))
        _expect(got == (60, due), f"60 days until {due}, not {order}")
        return "Promise computed from the rulebook", f"delivered by {due:%Y-%m-%d %H:%M} UTC"

    def _promise_binds(self) -> Step:
        """An order bought two days later cannot be claimed yet: the refusal names its promise."""
        status, problem = self._file(f"{ORDER}-LATER")
        opens = self.program.get(f"orders/{ORDER}-LATER")["deliver_by"]
        told = problem.get("opens_at")
        right = status == 409 and told and _moment(told) == _moment(opens)
        _expect(right, f"a refusal until {opens}, not {status} {problem}")
        return "A claim before its time is refused", problem["detail"]

    def _watch_finds_it(self) -> Step:
        address = f"orders/{ORDER}"
        self._wait("the delivery watch", lambda: self.program.get(address)["claimable_at"])
        told = Message.objects.filter(topic=CLAIMABLE, data__order=ORDER)
        _expect(told.count() == 1, f"one message in the outbox, not {told.count()}")
        return "Delivery watch finds it; the outbox tells the marketplace", CLAIMABLE

    def _claim_is_filed(self) -> Step:
        status, case = self._file(ORDER)
        _expect(status == 201, f"a case, not {status} {case}")
        self.dispute = case["dispute_id"]
        _expect(case["status"] == "WAITING_FOR_SELLER_RESPONSE", f"not {case['status']}")
        return "Claim filed over the API", f"{self.dispute}, seller has until {_due(case)}"

    def _time_passes(self) -> Step:
        due = _moment(_due(self.program.get(f"disputes/{self.dispute}")))
        _expect(due - self.now >= timedelta(days=5), f"five days, not until {due}")
        later = due + timedelta(minutes=1)
        output = StringIO()
        call_command("sweep", "--once", "--now", later.isoformat(), stdout=output)
        return "Seller stays silent, five days pass", f"sweep --once --now {later:%Y-%m-%dT%H:%MZ}"

    def _claim_lapses(self) -> Step:
        case = self.program.get(f"disputes/{self.dispute}")
        got = (case["status"], case["outcome"], case["refunded_amount"], case["borne_by"])
        wanted = ("RESOLVED", "RESOLVED_BUYER_FAVOUR", PRICE, "SELLER")
        _expect(got == wanted, f"{wanted}, not {got}")
        return "Claim lapsed in the buyer's favour", f"{case['outcome']}, borne by the seller"

    def _money_moves(self) -> Step:
        rows = self.program.get("ledger/transfers", dispute_id=self.dispute)["items"]
        posted = [row for row in rows if row["state"] == "POSTED"]
        got = [(r["amount"], r["debit"]["owner"], r["credit"]["owner"]) for r in posted]
        _expect(got == [(PRICE, "CHECK-SELLER", "CHECK-BUYER")], f"one transfer, not {rows}")
        payouts = Message.objects.filter(subject_id=self.dispute, topic="payout.requested")
        _expect(payouts.count() == 1, "one payout in the outbox")
        return "Buyer paid, seller charged in the ledger", f"{_text(PRICE)}, posted once"

    def _chain_tells_why(self) -> Step:
        events = self.program.get(f"audit/case/{self.dispute}")["items"]
        actions = [event["action"] for event in events]
        _expect(actions == ["case.filed", "case.lapsed", "case.resolved"], f"not {actions}")
        decision = self.program.get(f"disputes/{self.dispute}")["decision"]
        sealed = events[-1]["data"]["recommended"]
        _expect(decision["rule"] and decision["trace"] == sealed, f"{sealed}, not {decision}")
        return "Audit chain tells each step, and why", decision["rule"]

    def _staff_see_it(self) -> Step:
        person, adjudicator = Person(self.home), LOGINS[1]
        _expect(adjudicator.name in person.log_in(adjudicator.email, PASSWORD), "the staff's home")
        page = person.read(f"/admin/disputes/case/{self.dispute}/")
        for wanted in (self.dispute, ORDER, "129.90", "Resolved in the buyer"):
            _expect(wanted in page, f"{wanted!r} on the case's page")
        return "Staff see it resolved in the admin", f"{adjudicator.name}, over HTTP"

    def _books_hold(self) -> Step:
        output = StringIO()
        try:
            call_command("verify_audit", stdout=output)
        except CommandError as error:
            raise CheckFailed(f"verify_audit: {error}") from error
        return "Every chain and the books verify", output.getvalue().strip()

    def _file(self, order: str) -> tuple[int, Any]:
        claim = {"order": order, "buyer": "CHECK-BUYER", "reason": NOT_RECEIVED}
        return self.program.post("disputes", claim | {"note": "It never came. Please refund me."})

    def _wait(self, what: str, done: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            self.alive()
            _expect(time.monotonic() < end, f"{what} within {PATIENCE} seconds")
            time.sleep(0.5)


def _order(ref: str, now: datetime, days: int) -> dict[str, Any]:
    bought = (now - timedelta(days=days)).replace(microsecond=0)
    line = {"external_id": "1", "title": "Wireless earbuds", "category": "electronics"}
    return {
        "external_id": ref,
        "purchase_ref": ref,
        "seller": {"external_id": "CHECK-SELLER", "name": "Check & Sons", "country": "CN"},
        "buyer": {"external_id": "CHECK-BUYER", "name": "Alex Check", "country": "US"},
        "lines": [{**line, "price": PRICE}],
        "purchased_at": bought.isoformat(),
        "promised_on": f"{bought + timedelta(days=21):%Y-%m-%d}",
        "destination": "US",
    }


def _expect(right: Any, what: str) -> None:
    if not right:
        raise CheckFailed(f"Expected {what}.")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _due(case: Any) -> str:
    return str(case["waiting"]["due_time"])


def _text(amount: dict[str, str]) -> str:
    return f"{amount['value']} {amount['currency_code']}"
