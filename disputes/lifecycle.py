"""THE table: the states of a case, and which verb who may use from which states.

API links, desk buttons, permission checks, the verbs and the tests read this; nowhere else is a
status compared. Each state names its stage and status (FIELD.md section 3) and, while it waits for
somebody, what it waits for (the `waiting` input of the rulebook's *Response times* and *Silence*).

Places kept for the verbs to come: offers act from the INQUIRY states; a return waits in a
CHARGEBACK state of its own; second approval stands between UNDER_REVIEW and the resolved states;
an appeal leads from a resolved state to the stage ARBITRATION.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backoffice.common.actors import ActorKind
from disputes.enums import Stage, Status


class State(StrEnum):
    """Where a case stands."""

    SELLER_TO_ANSWER = "SELLER_TO_ANSWER"
    NEGOTIATION = "NEGOTIATION"
    UNDER_REVIEW = "UNDER_REVIEW"
    BUYER_EVIDENCE = "BUYER_EVIDENCE"
    SELLER_EVIDENCE = "SELLER_EVIDENCE"
    RESOLVED_IN_INQUIRY = "RESOLVED_IN_INQUIRY"
    RESOLVED_IN_REVIEW = "RESOLVED_IN_REVIEW"


class Waiting(StrEnum):
    """What an open case waits for; the rulebook says how long and what silence means."""

    SELLER_RESPONSE = "SELLER_RESPONSE"
    NEGOTIATION = "NEGOTIATION"
    BUYER_EVIDENCE = "BUYER_EVIDENCE"
    SELLER_EVIDENCE = "SELLER_EVIDENCE"
    REVIEW = "REVIEW"


class Verb(StrEnum):
    """What can be done to a case, by the names of the API's addresses."""

    SEND_MESSAGE = "send-message"
    ACCEPT_CLAIM = "accept-claim"
    DENY = "deny"
    ESCALATE = "escalate"
    WITHDRAW = "withdraw"
    REQUIRE_EVIDENCE = "require-evidence"
    PROVIDE_EVIDENCE = "provide-evidence"
    TAKE = "take"
    ADJUDICATE = "adjudicate"
    PUT_BACK = "put-back"
    SET_ASIDE = "set-aside"
    LAPSE = "lapse"
    NOTE_FACTS = "note-facts"
    NOTE_REFUND = "note-refund"


@dataclass(frozen=True, slots=True)
class Place:
    """A state's stage, status and, when open, what it waits for."""

    stage: Stage
    status: Status
    waiting: Waiting | None = None


PLACES: dict[State, Place] = {
    State.SELLER_TO_ANSWER: Place(
        Stage.INQUIRY, Status.WAITING_FOR_SELLER, Waiting.SELLER_RESPONSE
    ),
    State.NEGOTIATION: Place(Stage.INQUIRY, Status.OPEN, Waiting.NEGOTIATION),
    State.UNDER_REVIEW: Place(Stage.CHARGEBACK, Status.UNDER_REVIEW, Waiting.REVIEW),
    State.BUYER_EVIDENCE: Place(Stage.CHARGEBACK, Status.WAITING_FOR_BUYER, Waiting.BUYER_EVIDENCE),
    State.SELLER_EVIDENCE: Place(
        Stage.CHARGEBACK, Status.WAITING_FOR_SELLER, Waiting.SELLER_EVIDENCE
    ),
    State.RESOLVED_IN_INQUIRY: Place(Stage.INQUIRY, Status.RESOLVED),
    State.RESOLVED_IN_REVIEW: Place(Stage.CHARGEBACK, Status.RESOLVED),
}

OPEN_STATES = frozenset(s for s, place in PLACES.items() if place.waiting)
INQUIRY_STATES = frozenset(s for s in OPEN_STATES if PLACES[s].stage == Stage.INQUIRY)
REVIEW_STATES = OPEN_STATES - INQUIRY_STATES

_BUYER, _SELLER, _STAFF, _SYSTEM = (
    ActorKind.BUYER,
    ActorKind.SELLER,
    ActorKind.STAFF,
    ActorKind.SYSTEM,
)
_TALK = frozenset({State.NEGOTIATION})
_REVIEW = frozenset({State.UNDER_REVIEW})

# verb, who -> from which states. A pair that is not here may never be.
TABLE: dict[tuple[Verb, ActorKind], frozenset[State]] = {
    (Verb.SEND_MESSAGE, _BUYER): INQUIRY_STATES,
    (Verb.SEND_MESSAGE, _SELLER): INQUIRY_STATES,
    (Verb.SEND_MESSAGE, _STAFF): OPEN_STATES,
    (Verb.ACCEPT_CLAIM, _SELLER): OPEN_STATES,
    (Verb.DENY, _SELLER): frozenset({State.SELLER_TO_ANSWER}),
    (Verb.ESCALATE, _BUYER): _TALK,
    (Verb.ESCALATE, _SELLER): _TALK,
    (Verb.WITHDRAW, _BUYER): OPEN_STATES,
    (Verb.REQUIRE_EVIDENCE, _STAFF): _REVIEW,
    (Verb.PROVIDE_EVIDENCE, _BUYER): frozenset({State.BUYER_EVIDENCE}),
    (Verb.PROVIDE_EVIDENCE, _SELLER): frozenset({State.SELLER_TO_ANSWER, State.SELLER_EVIDENCE}),
    (Verb.TAKE, _STAFF): _REVIEW,
    (Verb.ADJUDICATE, _STAFF): _REVIEW,
    (Verb.PUT_BACK, _STAFF): OPEN_STATES,
    (Verb.SET_ASIDE, _SYSTEM): OPEN_STATES,
    (Verb.LAPSE, _SYSTEM): OPEN_STATES,
    (Verb.NOTE_FACTS, _SYSTEM): OPEN_STATES,
    (Verb.NOTE_REFUND, _SYSTEM): OPEN_STATES,
}

NOWHERE: frozenset[State] = frozenset()

# Staff need these permissions beside the table; the other kinds act by being the party.
PERMISSIONS: dict[Verb, str] = {
    Verb.SEND_MESSAGE: "disputes.adjudicate_case",
    Verb.REQUIRE_EVIDENCE: "disputes.adjudicate_case",
    Verb.TAKE: "disputes.adjudicate_case",
    Verb.ADJUDICATE: "disputes.adjudicate_case",
    Verb.PUT_BACK: "disputes.adjudicate_case",
}


def place(state: str) -> Place:
    """The stage, status and waiting of a stored state."""
    return PLACES[State(state)]


def resolved(state: State) -> State:
    """Where a case that stands in `state` ends: the stage stays what it was."""
    inquiry = PLACES[state].stage == Stage.INQUIRY
    return State.RESOLVED_IN_INQUIRY if inquiry else State.RESOLVED_IN_REVIEW


def may(verb: Verb, kind: ActorKind, state: str, permissions: frozenset[str]) -> bool:
    """Whether an actor of this kind with these permissions may use `verb` in `state`."""
    if state not in TABLE.get((verb, kind), NOWHERE):
        return False
    needed = PERMISSIONS.get(verb) if kind == _STAFF else None
    return needed is None or needed in permissions


def verbs_for(kind: ActorKind, state: str, permissions: frozenset[str]) -> list[Verb]:
    """What this actor may do now, in the table's order."""
    return [verb for verb in Verb if may(verb, kind, state, permissions)]
