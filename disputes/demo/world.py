"""The clock of the invented marketplace: facts, deadlines and people, each at its own moment."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Min

from backoffice.accounts.queries import staff_actor
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import Forbidden, Refused
from backoffice.common.money import Money
from backoffice.orders.models import Order
from backoffice.orders.service import feed
from backoffice.orders.sweeps import watch_deliveries
from disputes.demo.acts import VERBS, told, who_decides
from disputes.demo.orders import DAYS, Fate, Story, invent
from disputes.demo.parcels import Fact
from disputes.demo.parties import OVERSOLD
from disputes.demo.people import CLIENT, hire
from disputes.demo.reactions import claim_note, plan
from disputes.demo.scripts import SCRIPTS, Script, an_order_for, return_parcel
from disputes.demo.showing import Camera, ShopWindow
from disputes.demo.steps import Step, Waiting
from disputes.enums import Reason, SubReason
from disputes.lifecycle import State, Verb, may
from disputes.models import Case
from disputes.queries import snapshots
from disputes.queries.known import ruling_reason
from disputes.service.act import act
from disputes.service.filing import file_claim
from disputes.sweeps import Swept, follow_facts, sweep_cases
from disputes.verbs.filing import Claim

FEEDS = {
    "orders": feed.feed_orders,
    "shipments": feed.feed_shipments,
    "tracking_events": feed.feed_tracking_events,
}
# The last sweep of the load: what falls due after it is the first thing the running worker does.
BEHIND = timedelta(minutes=30)
# Claims timed so that their five days end so long after (before) the demo starts.
ENDING = tuple(timedelta(minutes=m) for m in (-20, 25, 70, 150, 260, 400, 640))
ANSWER_TIME = timedelta(days=5)
SWEEP_LAG = timedelta(seconds=20)  # how long after a deadline the sweep comes by
# Two adjudicators have been away of late: so much of the decisions is left undone, since when.
UNDONE = 0.9
AWAY = timedelta(days=6)
LATELY = timedelta(days=15)  # whose photos are drawn


class World:
    """The marketplace between its first order and `now`. Its `run` may be called once."""

    def __init__(self, seed: int, orders: int, now: datetime, film: int, shop: ShopWindow) -> None:
        self.dice = Random(seed)  # noqa: S311  dice, not secrets
        self.now = now
        self.stories = invent(self.dice, orders, now)
        self.by_ref = {story.ref: story for story in self.stories}
        people = hire()
        staff = {email.partition("@")[0]: staff_actor(user) for email, user in people.items()}
        self.seniors = [staff["senior"], staff["lead"]]
        self.adjudicators = [staff["adjudicator"], staff["yulin"], staff["senior"]]
        self.facts: list[tuple[datetime, int, Fact]] = []
        self.agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.planned: set[tuple[str, datetime]] = set()
        self.ending = list(ENDING)
        self.hushed: set[str] = set()
        self.noticed = now - timedelta(days=DAYS)
        self.count = 0
        self.camera = Camera(Random(seed), film, shop)  # noqa: S311  dice, not secrets
        self.scripted: set[str] = set()
        for story in self.stories:
            self._begin(story)
        for script in SCRIPTS:
            begins = now - timedelta(days=script.days)
            self._later(begins, lambda at, script=script: self._script(script, at))  # type: ignore[misc]

    def run(self) -> Iterator[datetime]:
        """Live through it all, yielding each tick. Raises RuntimeError if anything goes wrong."""
        for tick in self._ticks():
            with transaction.atomic():
                self._live_until(tick)
                self._feed(tick)
                watch_deliveries(tick)
                _all_well(follow_facts(tick))
                self._notice_claimable(tick)
            yield tick

    def _ticks(self) -> Iterator[datetime]:
        """When the marketplace feeds its news: once a day, and more often the nearer the end is."""
        tick, end = self.now - timedelta(days=DAYS), self.now - BEHIND
        while tick < end:
            left = (end - tick) / timedelta(days=1)
            hours = 24 if left > 10 else 6 if left > 2 else 1.5
            tick = min(end, tick + timedelta(hours=hours))
            yield tick

    def _live_until(self, tick: datetime) -> None:
        """People act and deadlines pass, in the order of their moments."""
        while True:
            due = Case.objects.aggregate(due=Min("due_at"))["due"] or tick
            swept, acted = due + SWEEP_LAG, self.agenda[0][0] if self.agenda else tick
            if min(swept, acted) >= tick:
                return
            if swept <= acted:
                _all_well(sweep_cases(swept))
            else:
                at, _, do = heapq.heappop(self.agenda)
                do(at)
            self._notice_waiting()

    # --- facts

    def _begin(self, story: Story) -> None:
        self._tell(Fact(story.purchased_at, "orders", story.item))
        for fact in story.facts:
            self._tell(fact)
        if story.fate == Fate.CANCELLED:
            cancelled = story.item | {"status": "CANCELLED"}
            at = story.purchased_at + timedelta(days=self.dice.uniform(0.2, 4))
            self._tell(Fact(at, "orders", cancelled))
        if story.claim_at:
            self._later(story.claim_at, lambda at: self._claim(story, at))

    def _tell(self, fact: Fact) -> None:
        self.count += 1
        heapq.heappush(self.facts, (fact.at, self.count, fact))

    def _later(self, at: datetime, do: Callable[[datetime], None]) -> None:
        self.count += 1
        heapq.heappush(self.agenda, (at, self.count, do))

    def _feed(self, now: datetime) -> None:
        batches: dict[str, list[dict[str, Any]]] = {kind: [] for kind in FEEDS}
        while self.facts and self.facts[0][0] <= now:
            fact = heapq.heappop(self.facts)[2]
            batches[fact.kind].append(fact.item)
        for kind, items in batches.items():
            if items:
                refused = [a for a in FEEDS[kind](items, now) if a.errors]
                if refused:
                    raise RuntimeError(f"The feed refused {kind}: {refused}")

    # --- claims

    def _notice_claimable(self, now: datetime) -> None:
        """Buyers learn that they may claim, and mostly do."""
        told = Order.objects.filter(claimable_at=now).order_by("id")
        for ref in told.values_list("external_id", flat=True):
            story = self.by_ref[ref]
            at = self._timed(story, now)
            if at is None and self.dice.random() < 0.88:
                days = self.dice.uniform(0.1, 4 if story.shop.ref == OVERSOLD else 10)
                at = now + timedelta(days=days)
            if at:
                self._later(at, lambda moment, story=story: self._claim(story, moment))  # type: ignore[misc]

    def _timed(self, story: Story, now: datetime) -> datetime | None:
        """A moment for this claim whose deadline falls near the demo's start, if one is left."""
        if story.fate not in (Fate.UNSENT, Fate.LABEL_ONLY) or not self.ending:
            return None
        at = self.now - ANSWER_TIME + self.ending[0]
        if not now < at < now + timedelta(days=10):
            return None
        self.ending.pop(0)
        self.hushed.add(story.ref)
        return at

    def _claim(self, story: Story, now: datetime) -> None:
        order = Order.objects.get(external_id=story.ref)
        if order.cases.exists():
            return
        came = story.fate == Fate.FAULTY
        if not came and order.delivered_at and story.fate != Fate.DENIED_BY_BUYER:
            return  # it came after all, before he complained
        claim = self._faulty(story) if came else Claim(Reason.NOT_RECEIVED)
        note = claim_note(self.dice, ruling_reason(claim.reason, claim.sub_reason), story)
        claim = Claim(claim.reason, claim.sub_reason, claim.line_refs, None, note)
        buyer = Actor(ActorKind.BUYER, story.buyer.ref, story.buyer.name, via=CLIENT)
        file_claim(story.ref, claim, buyer, now)
        if not came and story.ref not in self.hushed and self.dice.random() < 0.06:
            later = now + timedelta(hours=self.dice.uniform(10, 100))
            self._later(later, lambda at: self._refund(story, order, at))

    def _faulty(self, story: Story) -> Claim:
        fakes = story.shop.ref == "S-1010" and self.dice.random() < 0.7
        weights = (32, 30, 20, 6, 12)
        sub = SubReason.COUNTERFEIT if fakes else self.dice.choices(list(SubReason), weights)[0]
        lines = [line["external_id"] for line in story.item["lines"]]
        some = tuple(self.dice.sample(lines, 1)) if len(lines) > 1 else ()
        return Claim(Reason.NOT_AS_DESCRIBED, sub, some)

    def _refund(self, story: Story, order: Order, now: datetime) -> None:
        """The marketplace pays back on its own, if the case is still open."""
        paid = order.items_minor + order.freight_minor
        minor = paid if self.dice.random() < 0.6 else order.freight_minor
        if minor and order.cases.filter(resolved_at=None).exists():
            refunded = Money(minor, order.currency).to_json()
            feed.feed_orders([story.item | {"refunded": refunded}], now)
            _all_well(follow_facts(now))

    def _script(self, script: Script, now: datetime) -> None:
        """A claim whose course is written."""
        order = an_order_for(script, now)
        if order is None:
            raise RuntimeError(f"No order came that {script.sub_reason} could be claimed of.")
        story = self.by_ref[order.external_id]
        reason = ruling_reason(Reason.NOT_AS_DESCRIBED, script.sub_reason)
        note = claim_note(self.dice, reason, story)
        claim = Claim(Reason.NOT_AS_DESCRIBED, script.sub_reason, (), None, note)
        buyer = Actor(ActorKind.BUYER, story.buyer.ref, story.buyer.name, via=CLIENT)
        public_id = file_claim(story.ref, claim, buyer, now)
        self.scripted.add(public_id)
        for scene in script.scenes:
            step = Step(self.now - timedelta(days=scene.days), scene.verb, scene.who, scene.params)
            self._later(step.at, lambda at, step=step: self._do(public_id, step, at))  # type: ignore[misc]
        if script.comes_back is not None:
            came = self.now - timedelta(days=script.comes_back)
            self._tell(Fact(came, "shipments", return_parcel(story.ref, came)))

    # --- reactions

    def _notice_waiting(self) -> None:
        rows = Case.objects.filter(updated_at__gte=self.noticed).order_by("id")
        columns = ("public_id", "state", "waiting_since", "reason", "sub_reason")
        for public_id, state, since, reason, sub, ref in rows.values_list(
            *columns, "order__external_id"
        ):
            if public_id not in self.scripted and (public_id, since) not in self.planned:
                self.planned.add((public_id, since))
                case = self._waiting(
                    public_id, State(state), since, ruling_reason(reason, sub), ref
                )
                self.noticed = max(self.noticed, since)
                for step in plan(self.dice, case):
                    self._later(step.at, lambda at, c=public_id, s=step: self._do(c, s, at))  # type: ignore[misc]

    def _waiting(
        self, public_id: str, state: State, since: datetime, reason: str, ref: str
    ) -> Waiting:
        asked = list(
            Case.objects.get(public_id=public_id)
            .evidence_requests.order_by("id")
            .values_list("evidence_type", flat=True)
        )
        hushed = ref in self.hushed
        asked_for = asked[-1] if asked else ""
        return Waiting(
            public_id, state, since, reason, self.by_ref[ref], hushed, bool(asked), asked_for
        )

    def _do(self, public_id: str, step: Step, now: datetime) -> None:
        case = snapshots.peek(public_id)
        actor = self._actor(public_id, step, case.now.assignee_id)
        if step.who == ActorKind.STAFF:
            actor = who_decides(step.verb, case, actor, self.seniors)
        if not may(step.verb, step.who, case.state, actor.permissions) or case.due(now):
            return  # too late: others moved first
        away = step.verb == Verb.ADJUDICATE and now > self.now - AWAY
        if away and public_id not in self.scripted and self.dice.random() < UNDONE:
            later = now + timedelta(hours=self.dice.uniform(12, 30))
            self._later(later, lambda at: self._do(public_id, step, at))
            return
        params = told(self.dice, step.verb, case, now, step.params)
        if params is None:
            return  # there is nothing left to do
        story = self._story(public_id)
        if params.get("deduction_percent"):
            params = params | {"files": self.camera.came_back(case, story.title, actor, now)}
        elif step.verb == Verb.PROVIDE_EVIDENCE and now > self.now - LATELY:
            params = params | {"files": self.camera.photos(case, story, actor, now)}
        # Somebody else has the case, or moved it first; a script leaves no room for that.
        accidents = () if public_id in self.scripted else (Refused, Forbidden)
        with suppress(*accidents):
            act(VERBS[step.verb], public_id, actor, now, **params)

    def _story(self, public_id: str) -> Story:
        return self.by_ref[Case.objects.get(public_id=public_id).order.external_id]

    def _actor(self, public_id: str, step: Step, assignee: int | None) -> Actor:
        story = self._story(public_id)
        if step.who == ActorKind.BUYER:
            return Actor(ActorKind.BUYER, story.buyer.ref, story.buyer.name, via=CLIENT)
        if step.who == ActorKind.SELLER:
            return Actor(ActorKind.SELLER, story.shop.ref, story.shop.name)
        mine = [a for a in self.adjudicators if a.ref == str(assignee)]
        return mine[0] if mine else self.dice.choice(self.adjudicators)


def _all_well(swept: Swept) -> None:
    if swept.set_aside:
        raise RuntimeError(f"The sweep set cases aside: {swept.set_aside}")
