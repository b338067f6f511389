"""Random walks: one order, the claims on it, and what befalls them, step by step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import connection

from backoffice.common.actors import SYSTEM, Actor, ActorKind
from backoffice.common.errors import DomainError
from disputes.enums import Reason, SubReason
from disputes.lifecycle import TABLE, State, Verb
from disputes.models import Case
from disputes.service.act import act
from disputes.service.filing import file_claim
from disputes.sweeps import follow_facts, sweep_cases
from disputes.verbs.appeals import appeal_refusal
from disputes.verbs.filing import Claim
from tests.disputes import walking_world as world
from tests.disputes.laws import Laws
from tests.disputes.walked import Row, moment
from tests.disputes.walking import (
    BY_SYSTEM,
    ONWARD,
    VERBS,
    WITH_FILES,
    brought,
    params,
    some_staff,
)
from tests.disputes.walking_settlements import share
from tests.factories import an_order, buyer_of, seller_of

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLAIMS_CLOSE = START + timedelta(days=5)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
STEPS = ["onward"] * 14 + ["anything"] * 4 + ["time"] * 5 + ["befall"] * 4 + ["file"]
BEFALLS = ["parcel"] * 3 + ["pause"] * 3 + ["refund", "alike", "alike", "look"]
PLACES = ["", "TALK", "REVIEW", "RETURN", "APPEAL", "REPLACED"]
ACTED = [key for key in TABLE if key[0] in VERBS]
CLAIMS = [
    (Reason.NOT_RECEIVED, ""),
    *((Reason.NOT_AS_DESCRIBED, sub) for sub in SubReason.values),
]


@dataclass
class Met:
    """What walks have come across: entries of the table, states, and things that befell."""

    used: Counter[tuple[Verb, ActorKind]] = field(default_factory=Counter)
    stood: Counter[str] = field(default_factory=Counter)
    befell: Counter[str] = field(default_factory=Counter)

    def missing(self) -> list[object]:
        """What they have not come across yet."""
        befell = [*BEFALLS, "files", "agreed", "replaced"]
        wanted = [(self.used, TABLE), (self.stood, State), (self.befell, befell)]
        return [one for met, all_of in wanted for one in all_of if not met[one]]


class Story:
    """One order and the cases filed on it; the clock only goes forward.

    Every choice of a step follows from the step's number and its place in the walk.
    """

    def __init__(self, prices: list[int], claim: tuple[Reason, str], where: str, met: Met) -> None:
        self.taken, self.now, self.met = 0, START, met
        self.told: list[str] = []
        self.staff = some_staff()
        self.order = an_order(START, prices=prices)
        self.laws = Laws(self.order)
        filed = self.claim(Claim(*claim))
        self.hold()
        if where and filed:
            brought(*self.cases, self.order, where, self.now, self.staff)
            self.hold()
        if where == "REPLACED":
            self.replacement_is_claimed()

    def step(self, number: int) -> None:
        """Do what the number says; whatever moved, the laws hold."""
        self.taken += 1
        self.now += SECOND  # no two things happen at the same instant
        chance = Random(self.taken << 24 | number)
        if self.is_over() and chance.random() < 0.9:
            return
        if getattr(self, chance.choice(STEPS))(chance):
            self.hold()

    def end(self) -> None:
        """Tell what was met."""
        for (action, kind), times in self.laws.actions.items():
            if action in BY_SYSTEM and kind == ActorKind.SYSTEM:
                self.met.used[BY_SYSTEM[action], ActorKind.SYSTEM] += times
        self.met.stood.update(self.laws.states)
        self.met.befell["agreed"] += self.laws.extensions.agreed

    def tell(self, what: str) -> None:
        self.told.append(f"{self.now:%m-%d %H:%M:%S} {what}")

    def hold(self) -> None:
        self.cases = {case["public_id"]: case for case in self.laws.hold().cases}
        self.met.befell["replaced"] += any(c["replaced_at"] for c in self.cases.values())

    def file(self, chance: Random) -> bool:
        if self.now > CLAIMS_CLOSE and chance.random() < 0.9:
            return False
        requested = share(sum(line.price_minor for line in self.order.lines.all()), chance)
        refs = chance.choice([(), ("1",), ("2",)])
        return self.claim(Claim(*chance.choice(CLAIMS), refs, chance.choice([None, requested])))

    def claim(self, wanted: Claim) -> bool:
        self.tell(f"{wanted}")
        try:
            file_claim(self.order.external_id, wanted, buyer_of(self.order), self.now)
        except DomainError:
            return False
        return True

    def replacement_is_claimed(self) -> None:
        """It comes, and it comes broken."""
        self.now += HOUR
        world.replacement_comes(self.order, self.now)
        self.claim(Claim(Reason.NOT_AS_DESCRIBED, SubReason.DAMAGED))
        self.hold()

    def anything(self, chance: Random) -> bool:
        """Any verb by anybody: mostly what the table allows, for the rest is only refused."""
        case_id, state = self.one_case(chance)
        possible = [key for key in ACTED if state in TABLE[key]]
        return bool(state) and self.use(case_id, chance.choice([*possible * 9, *ACTED]), chance)

    def onward(self, chance: Random) -> bool:
        """What leads deeper into the table; what ends a case at once is left to `anything`."""
        case_id, state = self.one_case(chance)
        possible = [key for key in ONWARD if state in TABLE[key] and self.may_lead(case_id, key)]
        return bool(possible) and self.use(case_id, chance.choice(possible), chance)

    def may_lead(self, case_id: str, key: tuple[Verb, ActorKind]) -> bool:
        """Whether it is worth a try: most cases that ended are past all appeals, most are free,

        and most have time that nobody asks for more of.
        """
        case, (verb, side) = self.cases[case_id], key
        if verb == Verb.RELEASE:
            return case["assignee_id"] is not None
        if verb == Verb.PUT_BACK:
            return bool(case["sweep_error"])
        if verb == Verb.EXTEND:
            return case["extension_asked_by"] not in ("", side)
        return verb != Verb.APPEAL or self.may_appeal(case, side)

    def may_appeal(self, case: Row, side: ActorKind) -> bool:
        until = case["appeal_until"] and moment(case["appeal_until"])
        left = case["requested_minor"] - case["refunded_minor"] - case["credited_minor"]
        standing = {"until": until, "borne_by": case["borne_by"], "unpaid_minor": left}
        return appeal_refusal(side, self.now, appealed_by=(), **standing) is None

    def is_over(self) -> bool:
        """Whether all cases have ended for good: little can happen from then on."""
        sides = (ActorKind.BUYER, ActorKind.SELLER)
        return self.now > CLAIMS_CLOSE and not any(
            case["due_at"] or any(self.may_appeal(case, side) for side in sides)
            for case in self.cases.values()
        )

    def one_case(self, chance: Random) -> tuple[str, str]:
        """One of the order's cases, and where it stands."""
        if not self.cases:
            return "", ""
        case = chance.choice(list(self.cases.values()))
        return case["public_id"], case["state"]

    def use(self, case_id: str, key: tuple[Verb, ActorKind], chance: Random) -> bool:
        case, (verb, kind), actor = self.cases[case_id], key, self.actor(key[1], chance)
        told = params(verb, case["requested_minor"], self.staff, chance)
        self.tell(f"{case['id']} {kind} {actor.name} {verb} {told}")
        if verb in WITH_FILES and chance.random() < 0.2:
            told["files"] = world.some_files(case_id, actor, self.now, 2)
        if told.get("deduction_percent") and chance.random() < 0.9:
            told["files"] = world.some_files(case_id, actor, self.now, 1, "PHOTO")
        try:
            acted = act(VERBS[verb], case_id, actor, self.now, **told)
        except DomainError:
            assert standing(case_id) == (case["state"], case["version"])
            return False
        if acted.refusal is None:
            assert acted.lapsed or State(case["state"]) in TABLE[key]
            self.met.used[key] += 1
            self.met.befell["files"] += "files" in told
        assert standing(case_id)[1] > case["version"]
        return True

    def time(self, chance: Random) -> bool:
        """Time passes; the sweeps come by, or are late."""
        self.now += chance.randint(1, chance.choice([24, 60, 200])) * HOUR
        swept, followed = chance.random() < 0.5, chance.random() < 0.5
        self.tell(f"{swept=} {followed=}")
        if swept:
            assert sweep_cases(self.now).set_aside == {}
            assert not Case.objects.filter(due_at__lt=self.now, sweep_error="").exists()
        if followed:
            assert follow_facts(self.now).set_aside == {}
        return swept or followed

    def befall(self, chance: Random) -> bool:
        """What comes from elsewhere: facts, money, strikes, rulings for many, second looks."""
        what, order = chance.choice(BEFALLS), self.order
        happened = world.BEFALL[what](order, self.now, self.staff, chance)
        self.tell(f"{what} {happened}")
        self.met.befell[what] += happened
        return happened and what == "alike"

    def actor(self, kind: ActorKind, chance: Random) -> Actor:
        if kind == ActorKind.STAFF:
            return chance.choice([*self.staff, *self.staff[1:], *self.staff[1:]])
        if kind == ActorKind.SYSTEM:
            return SYSTEM
        return (buyer_of if kind == ActorKind.BUYER else seller_of)(self.order)


def standing(case_id: str) -> tuple[str, int]:
    """Where the case stands, and its version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, version FROM disputes_case WHERE public_id = %s", [case_id])
        state, version = cursor.fetchone()
    return state, version
