"""What a caller may do now, as links: PayPal's verbs here, and ours under /api/v1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from rest_framework.request import Request

from backoffice.common.actors import Actor, ActorKind
from disputes.api.paypal.words import appealable
from disputes.lifecycle import Verb, verbs_for
from disputes.models import Case
from disputes.verbs.consent import may_grant

Link = dict[str, str]
MOST = 10  # PayPal's schema allows a case no more

# PayPal's operations; they stand before our own in a case's links.
OPERATIONS = (
    Verb.SEND_MESSAGE,
    Verb.ACCEPT_CLAIM,
    Verb.MAKE_OFFER,
    Verb.ACCEPT_OFFER,
    Verb.DENY_OFFER,
    Verb.ESCALATE,
    Verb.PROVIDE_EVIDENCE,
    Verb.PROVIDE_SUPPORTING_INFO,
    Verb.ACKNOWLEDGE_RETURN,
    Verb.APPEAL,
    Verb.REQUIRE_EVIDENCE,
    Verb.ADJUDICATE,
)
_PAYPALS = frozenset(OPERATIONS)
SIMULATED = (Verb.REQUIRE_EVIDENCE, Verb.ADJUDICATE)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a case: for whom the key acts, when, and as whom of staff, if it simulates.

    `side`: the one side whose view was asked for; the key then acts for no other.
    """

    request: Request
    kinds: frozenset[ActorKind]
    now: datetime
    staff: Actor | None = None
    side: ActorKind | None = None

    @property
    def stands_for(self) -> frozenset[ActorKind]:
        """Whose `dispute_state` is told: that of the side asked for, else of whom it acts for."""
        return frozenset({self.side}) if self.side else self.kinds

    def verbs(self, case: Case) -> list[Verb]:
        """What the caller may do now, PayPal's operations first.

        None when the deadline has passed: nobody can act before the case has lapsed.
        """
        if case.due_at is not None and case.due_at < self.now:
            return []
        found = {
            verb
            for kind in self.kinds
            for verb in verbs_for(kind, case.state, frozenset())
            if verb != Verb.EXTEND or may_grant(kind, case)
        }
        if not appealable(case, self.kinds, self.now):
            found.discard(Verb.APPEAL)
        if self.staff:
            can = verbs_for(ActorKind.STAFF, case.state, self.staff.permissions)
            found.update(verb for verb in SIMULATED if verb in can)
        return [*(v for v in OPERATIONS if v in found), *(v for v in Verb if v in found - _PAYPALS)]

    def links(self, case: Case) -> list[Link]:
        """`self` and what the caller may do, at most MOST."""
        found = [self.link("self", "paypal:dispute", case.public_id)]
        for verb in self.verbs(case):
            space = "paypal" if verb in _PAYPALS else "disputes"
            found.append(self.link(verb, f"{space}:{verb}", case.public_id, "POST"))
        return found[:MOST]

    def link(self, rel: str, name: str, public_id: str, method: str = "GET") -> Link:
        """One link of a case."""
        href = self.request.build_absolute_uri(reverse(name, args=[public_id]))
        return {"href": href, "rel": str(rel), "method": method}
