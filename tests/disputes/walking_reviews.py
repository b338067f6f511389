"""Random walks: the verbs by which staff decide and sides appeal, and what is said with them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from backoffice.common.actors import Actor
from disputes.enums import AppealOutcome, BorneBy, DecisionCode, EvidenceType, Party
from disputes.lifecycle import Verb
from disputes.verbs import (
    appeals,
    approvals,
    decisions,
    evidence,
    hearing,
    holding,
    notes,
    putting_back,
    supporting_info,
)
from disputes.verbs.line_amounts import LineAward
from tests.disputes.walking_settlements import share

VERBS: dict[Verb, Callable[..., Any]] = {
    Verb.TAKE: holding.take,
    Verb.ASSIGN: holding.assign,
    Verb.RELEASE: holding.release,
    Verb.REQUIRE_EVIDENCE: evidence.require_evidence,
    Verb.ADJUDICATE: decisions.adjudicate,
    Verb.APPROVE: approvals.approve,
    Verb.SEND_BACK: approvals.send_back,
    Verb.RECONSIDER: approvals.reconsider,
    Verb.APPEAL: appeals.appeal,
    Verb.DECIDE_APPEAL: hearing.decide_appeal,
    Verb.PROVIDE_SUPPORTING_INFO: supporting_info.provide_supporting_info,
    Verb.ADD_NOTE: notes.add_note,
    Verb.PUT_BACK: putting_back.put_back,
}


def ruling(claimed: int, chance: Random) -> dict[str, Any]:
    """What staff rule: mostly right, sometimes not."""
    return {
        "refund": share(claimed, chance),
        "borne_by": chance.choice([*BorneBy.values * 4, ""]),
        "reason": "As it stands.",
        "code": chance.choice(["", *DecisionCode.values]),
    }


def params(verb: Verb, claimed: int, staff: list[Actor], chance: Random) -> dict[str, Any] | None:
    """What is said with a verb; None for one that is not of these."""
    match verb:
        case Verb.ASSIGN:
            return {"colleague": chance.choice(staff), "note": "You know it."}
        case Verb.SEND_BACK | Verb.RECONSIDER:
            return {"note": "Look again."}
        case Verb.REQUIRE_EVIDENCE:
            kind = chance.choice(EvidenceType.values)
            return {
                "party": chance.choice([*Party.values, "BUYER", "SELLER"]),
                "evidence_type": kind,
                "note": "Show.",
            }
        case Verb.ADJUDICATE:
            told = ruling(claimed, chance) | {"return_needed": chance.random() < 0.3}
            awards = {"1": LineAward(percent=chance.randint(0, 100))}
            return told | ({"lines": awards} if chance.random() < 0.2 else {})
        case Verb.APPEAL:
            return {"text": chance.choice(["It was found.", "It was found.", " "])}
        case Verb.DECIDE_APPEAL:
            outcome = chance.choice(AppealOutcome.values)
            told = {"outcome": outcome, "fraud": chance.random() < 0.5}
            return ruling(claimed, chance) | told
        case Verb.PROVIDE_SUPPORTING_INFO:
            return {"evidence_type": chance.choice(EvidenceType.values), "note": "See also."}
        case Verb.ADD_NOTE:
            return {"body": chance.choice(["He is known.", "He is known.", " "])}
    return {} if verb in VERBS else None
