"""THE table: the states of a case, and which verb who may use from which states.

API links, desk buttons, permission checks, the verbs and the tests read this; nowhere else is a
status compared. Each state names its stage and status (FIELD.md section 3) and, while it waits for
somebody, what it waits for (the `waiting` input of the rulebook's *Response times* and *Silence*).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backoffice.common.actors import ActorKind
from disputes.enums import Stage, Status


class State(StrEnum):
    """Where a case stands."""

    BUYER_TO_SHOW = "BUYER_TO_SHOW"
    SELLER_TO_ANSWER = "SELLER_TO_ANSWER"
    NEGOTIATION = "NEGOTIATION"
    OFFER_TO_BUYER = "OFFER_TO_BUYER"
    OFFER_TO_SELLER = "OFFER_TO_SELLER"
    UNDER_REVIEW = "UNDER_REVIEW"
    BUYER_EVIDENCE = "BUYER_EVIDENCE"
    SELLER_EVIDENCE = "SELLER_EVIDENCE"
    TO_APPROVE = "TO_APPROVE"
    PROPOSED = "PROPOSED"
    RETURN_ADDRESS = "RETURN_ADDRESS"
    RETURN_TO_SHIP = "RETURN_TO_SHIP"
    RETURN_UNDERWAY = "RETURN_UNDERWAY"
    RETURN_DELIVERED = "RETURN_DELIVERED"
    DEDUCTION_TO_BUYER = "DEDUCTION_TO_BUYER"
    APPEAL_REVIEW = "APPEAL_REVIEW"
    APPEAL_TO_APPROVE = "APPEAL_TO_APPROVE"
    RESOLVED_IN_INQUIRY = "RESOLVED_IN_INQUIRY"
    RESOLVED_IN_REVIEW = "RESOLVED_IN_REVIEW"
    RESOLVED_IN_APPEAL = "RESOLVED_IN_APPEAL"


class Waiting(StrEnum):
    """What an open case waits for; the rulebook says how long and what silence means."""

    BUYER_MINIMUM = "BUYER_MINIMUM"
    SELLER_RESPONSE = "SELLER_RESPONSE"
    NEGOTIATION = "NEGOTIATION"
    OFFER_RESPONSE = "OFFER_RESPONSE"
    BUYER_EVIDENCE = "BUYER_EVIDENCE"
    SELLER_EVIDENCE = "SELLER_EVIDENCE"
    REVIEW = "REVIEW"
    APPROVAL = "APPROVAL"
    COMMENT = "COMMENT"
    RETURN_ADDRESS = "RETURN_ADDRESS"
    RETURN_SHIPMENT = "RETURN_SHIPMENT"
    RETURN_RECEIPT = "RETURN_RECEIPT"
    RETURN_ACKNOWLEDGEMENT = "RETURN_ACKNOWLEDGEMENT"
    DEDUCTION = "DEDUCTION"
    APPEAL = "APPEAL"


# What staff are waited for: their time reminds, and never decides.
STAFF_WAITS = frozenset({Waiting.REVIEW, Waiting.APPROVAL, Waiting.APPEAL})
# How their lateness is escalated, reminder by reminder; the last goes on.
LEVELS = ("REMIND", "REASSIGN", "LEAD")


class Verb(StrEnum):
    """What can be done to a case, by the names of the API's addresses."""

    SEND_MESSAGE = "send-message"
    ACCEPT_CLAIM = "accept-claim"
    DENY = "deny"
    MAKE_OFFER = "make-offer"
    ACCEPT_OFFER = "accept-offer"
    DENY_OFFER = "deny-offer"
    ESCALATE = "escalate"
    WITHDRAW = "withdraw"
    ASK_EXTENSION = "ask-extension"
    EXTEND = "extend"
    REQUIRE_EVIDENCE = "require-evidence"
    PROVIDE_EVIDENCE = "provide-evidence"
    PROVIDE_SUPPORTING_INFO = "provide-supporting-info"
    GIVE_RETURN_ADDRESS = "give-return-address"
    SHIP_RETURN = "ship-return"
    ACKNOWLEDGE_RETURN = "acknowledge-return-item"
    ACCEPT_DEDUCTION = "accept-deduction"
    CONTEST_DEDUCTION = "contest-deduction"
    TAKE = "take"
    ASSIGN = "assign"
    RELEASE = "release"
    ADJUDICATE = "adjudicate"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    RECONSIDER = "reconsider"
    APPEAL = "appeal"
    DECIDE_APPEAL = "decide-appeal"
    ADD_NOTE = "add-note"
    PUT_BACK = "put-back"
    SET_ASIDE = "set-aside"
    PAUSE = "pause"
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
    State.BUYER_TO_SHOW: Place(Stage.INQUIRY, Status.WAITING_FOR_BUYER, Waiting.BUYER_MINIMUM),
    State.SELLER_TO_ANSWER: Place(
        Stage.INQUIRY, Status.WAITING_FOR_SELLER, Waiting.SELLER_RESPONSE
    ),
    State.NEGOTIATION: Place(Stage.INQUIRY, Status.OPEN, Waiting.NEGOTIATION),
    State.OFFER_TO_BUYER: Place(Stage.INQUIRY, Status.WAITING_FOR_BUYER, Waiting.OFFER_RESPONSE),
    State.OFFER_TO_SELLER: Place(Stage.INQUIRY, Status.WAITING_FOR_SELLER, Waiting.OFFER_RESPONSE),
    State.UNDER_REVIEW: Place(Stage.CHARGEBACK, Status.UNDER_REVIEW, Waiting.REVIEW),
    State.BUYER_EVIDENCE: Place(Stage.CHARGEBACK, Status.WAITING_FOR_BUYER, Waiting.BUYER_EVIDENCE),
    State.SELLER_EVIDENCE: Place(
        Stage.CHARGEBACK, Status.WAITING_FOR_SELLER, Waiting.SELLER_EVIDENCE
    ),
    State.TO_APPROVE: Place(Stage.CHARGEBACK, Status.UNDER_REVIEW, Waiting.APPROVAL),
    State.PROPOSED: Place(Stage.CHARGEBACK, Status.UNDER_REVIEW, Waiting.COMMENT),
    State.RETURN_ADDRESS: Place(
        Stage.CHARGEBACK, Status.WAITING_FOR_SELLER, Waiting.RETURN_ADDRESS
    ),
    State.RETURN_TO_SHIP: Place(
        Stage.CHARGEBACK, Status.WAITING_FOR_BUYER, Waiting.RETURN_SHIPMENT
    ),
    State.RETURN_UNDERWAY: Place(
        Stage.CHARGEBACK, Status.WAITING_FOR_SELLER, Waiting.RETURN_RECEIPT
    ),
    State.RETURN_DELIVERED: Place(
        Stage.CHARGEBACK, Status.WAITING_FOR_SELLER, Waiting.RETURN_ACKNOWLEDGEMENT
    ),
    State.DEDUCTION_TO_BUYER: Place(Stage.CHARGEBACK, Status.WAITING_FOR_BUYER, Waiting.DEDUCTION),
    State.APPEAL_REVIEW: Place(Stage.ARBITRATION, Status.UNDER_REVIEW, Waiting.APPEAL),
    State.APPEAL_TO_APPROVE: Place(Stage.ARBITRATION, Status.UNDER_REVIEW, Waiting.APPROVAL),
    State.RESOLVED_IN_INQUIRY: Place(Stage.INQUIRY, Status.RESOLVED),
    State.RESOLVED_IN_REVIEW: Place(Stage.CHARGEBACK, Status.RESOLVED),
    State.RESOLVED_IN_APPEAL: Place(Stage.ARBITRATION, Status.RESOLVED),
}

OPEN_STATES = frozenset(s for s, place in PLACES.items() if place.waiting)
RESOLVED_STATES = frozenset(State) - OPEN_STATES
OFFER_STATES = frozenset({State.OFFER_TO_BUYER, State.OFFER_TO_SELLER})
# Where offers are made and answered.
HAGGLING_STATES = OFFER_STATES | {State.NEGOTIATION}
INQUIRY_STATES = frozenset(s for s in OPEN_STATES if PLACES[s].stage == Stage.INQUIRY)
# Staff decide here, or asked for what they need to decide.
REVIEW_STATES = frozenset({State.UNDER_REVIEW, State.BUYER_EVIDENCE, State.SELLER_EVIDENCE})
APPEAL_STATES = frozenset(s for s in OPEN_STATES if PLACES[s].stage == Stage.ARBITRATION)
RETURN_STATES = frozenset(
    {
        State.RETURN_ADDRESS,
        State.RETURN_TO_SHIP,
        State.RETURN_UNDERWAY,
        State.RETURN_DELIVERED,
        State.DEDUCTION_TO_BUYER,
    }
)
# The sides' clocks, which a pause stops; staff's run on.
PAUSED_STATES = frozenset(s for s in OPEN_STATES if PLACES[s].waiting not in STAFF_WAITS)
# Nothing is decided yet: the parties may still end the case themselves.
UNDECIDED_STATES = INQUIRY_STATES | REVIEW_STATES

_BUYER, _SELLER, _STAFF, _SYSTEM = (
    ActorKind.BUYER,
    ActorKind.SELLER,
    ActorKind.STAFF,
    ActorKind.SYSTEM,
)
_REVIEW = frozenset({State.UNDER_REVIEW})
_TALK = INQUIRY_STATES | {State.PROPOSED} | RETURN_STATES
_WAITS_FOR_SELLER = frozenset(
    s for s in OPEN_STATES if PLACES[s].status == Status.WAITING_FOR_SELLER
)
_WAITS_FOR_BUYER = frozenset(s for s in OPEN_STATES if PLACES[s].status == Status.WAITING_FOR_BUYER)
# While one side's is heard, the other may still bring its own.
_APPEALABLE = RESOLVED_STATES - {State.RESOLVED_IN_APPEAL} | APPEAL_STATES
_DESK = frozenset({State.UNDER_REVIEW, State.TO_APPROVE, State.PROPOSED}) | APPEAL_STATES

# verb, who -> from which states. A pair that is not here may never be.
TABLE: dict[tuple[Verb, ActorKind], frozenset[State]] = {
    (Verb.SEND_MESSAGE, _BUYER): _TALK,
    (Verb.SEND_MESSAGE, _SELLER): _TALK,
    (Verb.SEND_MESSAGE, _STAFF): OPEN_STATES,
    (Verb.ACCEPT_CLAIM, _SELLER): UNDECIDED_STATES,
    (Verb.DENY, _SELLER): frozenset({State.SELLER_TO_ANSWER}),
    (Verb.MAKE_OFFER, _SELLER): frozenset(
        {State.SELLER_TO_ANSWER, State.NEGOTIATION, State.OFFER_TO_SELLER}
    ),
    (Verb.MAKE_OFFER, _BUYER): frozenset({State.NEGOTIATION, State.OFFER_TO_BUYER}),
    (Verb.ACCEPT_OFFER, _BUYER): frozenset({State.OFFER_TO_BUYER}),
    (Verb.ACCEPT_OFFER, _SELLER): frozenset({State.OFFER_TO_SELLER}),
    (Verb.DENY_OFFER, _BUYER): frozenset({State.OFFER_TO_BUYER}),
    (Verb.DENY_OFFER, _SELLER): frozenset({State.OFFER_TO_SELLER}),
    (Verb.ESCALATE, _BUYER): frozenset({State.NEGOTIATION, State.OFFER_TO_BUYER}),
    (Verb.ESCALATE, _SELLER): frozenset({State.NEGOTIATION, State.OFFER_TO_SELLER}),
    (Verb.WITHDRAW, _BUYER): UNDECIDED_STATES | {State.RETURN_ADDRESS, State.RETURN_TO_SHIP},
    (Verb.ASK_EXTENSION, _BUYER): _WAITS_FOR_BUYER | {State.NEGOTIATION},
    (Verb.ASK_EXTENSION, _SELLER): _WAITS_FOR_SELLER | {State.NEGOTIATION},
    # Where both may ask, a side gives only what the other asked for (verbs/consent.py).
    (Verb.EXTEND, _BUYER): _WAITS_FOR_SELLER | {State.NEGOTIATION},
    (Verb.EXTEND, _SELLER): _WAITS_FOR_BUYER | {State.NEGOTIATION},
    (Verb.EXTEND, _STAFF): OPEN_STATES,
    (Verb.REQUIRE_EVIDENCE, _STAFF): _REVIEW,
    # Whoever is waited for may always show something: no form closes before its deadline.
    (Verb.PROVIDE_EVIDENCE, _BUYER): _WAITS_FOR_BUYER | {State.NEGOTIATION},
    (Verb.PROVIDE_EVIDENCE, _SELLER): _WAITS_FOR_SELLER | {State.NEGOTIATION},
    (Verb.PROVIDE_SUPPORTING_INFO, _BUYER): _REVIEW | {State.PROPOSED, State.APPEAL_REVIEW},
    (Verb.PROVIDE_SUPPORTING_INFO, _SELLER): _REVIEW | {State.PROPOSED, State.APPEAL_REVIEW},
    (Verb.GIVE_RETURN_ADDRESS, _SELLER): frozenset({State.RETURN_ADDRESS, State.RETURN_TO_SHIP}),
    (Verb.GIVE_RETURN_ADDRESS, _STAFF): frozenset({State.RETURN_ADDRESS, State.RETURN_TO_SHIP}),
    (Verb.SHIP_RETURN, _BUYER): frozenset({State.RETURN_TO_SHIP}),
    (Verb.ACKNOWLEDGE_RETURN, _SELLER): frozenset({State.RETURN_UNDERWAY, State.RETURN_DELIVERED}),
    (Verb.ACCEPT_DEDUCTION, _BUYER): frozenset({State.DEDUCTION_TO_BUYER}),
    (Verb.CONTEST_DEDUCTION, _BUYER): frozenset({State.DEDUCTION_TO_BUYER}),
    (Verb.TAKE, _STAFF): _DESK,
    (Verb.ASSIGN, _STAFF): _DESK,
    (Verb.RELEASE, _STAFF): _DESK,
    (Verb.ADJUDICATE, _STAFF): _REVIEW,
    (Verb.APPROVE, _STAFF): frozenset({State.TO_APPROVE, State.APPEAL_TO_APPROVE}),
    (Verb.SEND_BACK, _STAFF): frozenset({State.TO_APPROVE, State.APPEAL_TO_APPROVE}),
    (Verb.RECONSIDER, _STAFF): frozenset({State.PROPOSED}),
    (Verb.APPEAL, _BUYER): _APPEALABLE,
    (Verb.APPEAL, _SELLER): _APPEALABLE,
    (Verb.DECIDE_APPEAL, _STAFF): frozenset({State.APPEAL_REVIEW}),
    (Verb.ADD_NOTE, _STAFF): frozenset(State),
    (Verb.PUT_BACK, _STAFF): OPEN_STATES,
    (Verb.SET_ASIDE, _SYSTEM): OPEN_STATES,
    (Verb.PAUSE, _SYSTEM): PAUSED_STATES,
    (Verb.LAPSE, _SYSTEM): OPEN_STATES,
    (Verb.NOTE_FACTS, _SYSTEM): OPEN_STATES,
    (Verb.NOTE_REFUND, _SYSTEM): OPEN_STATES,
}

NOWHERE: frozenset[State] = frozenset()
_ADJUDICATE, _ABOVE = "disputes.adjudicate_case", "disputes.adjudicate_above_limit"

# Staff need these permissions beside the table; the other kinds act by being the party.
PERMISSIONS: dict[Verb, str] = {
    Verb.SEND_MESSAGE: _ADJUDICATE,
    Verb.EXTEND: _ADJUDICATE,
    Verb.REQUIRE_EVIDENCE: _ADJUDICATE,
    Verb.GIVE_RETURN_ADDRESS: _ADJUDICATE,
    Verb.TAKE: _ADJUDICATE,
    Verb.ASSIGN: _ADJUDICATE,
    Verb.RELEASE: _ADJUDICATE,
    Verb.ADJUDICATE: _ADJUDICATE,
    Verb.APPROVE: _ABOVE,
    Verb.SEND_BACK: _ABOVE,
    Verb.RECONSIDER: _ADJUDICATE,
    Verb.DECIDE_APPEAL: _ABOVE,
    Verb.ADD_NOTE: _ADJUDICATE,
    Verb.PUT_BACK: _ADJUDICATE,
}


def place(state: str) -> Place:
    """The stage, status and waiting of a stored state."""
    return PLACES[State(state)]


_ENDS = {
    Stage.INQUIRY: State.RESOLVED_IN_INQUIRY,
    Stage.CHARGEBACK: State.RESOLVED_IN_REVIEW,
    Stage.ARBITRATION: State.RESOLVED_IN_APPEAL,
}


def resolved(state: State) -> State:
    """Where a case that stands in `state` ends: the stage stays what it was."""
    return _ENDS[PLACES[state].stage]


def may(verb: Verb, kind: ActorKind, state: str, permissions: frozenset[str]) -> bool:
    """Whether an actor of this kind with these permissions may use `verb` in `state`."""
    if state not in TABLE.get((verb, kind), NOWHERE):
        return False
    needed = permission(verb, state) if kind == _STAFF else None
    return needed is None or needed in permissions


def permission(verb: Verb, state: str) -> str | None:
    """What staff need for `verb` in `state`: what only a senior decides, only a senior takes."""
    senior = verb == Verb.TAKE and state in APPEAL_STATES | {State.TO_APPROVE}
    return _ABOVE if senior else PERMISSIONS.get(verb)


def verbs_for(kind: ActorKind, state: str, permissions: frozenset[str]) -> list[Verb]:
    """What this actor may do now, in the table's order."""
    return [verb for verb in Verb if may(verb, kind, state, permissions)]
