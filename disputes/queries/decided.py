"""How a case was decided, and what is proposed, as its sides may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from backoffice.common.actors import ActorKind
from backoffice.common.money import Money
from backoffice.rulebook.queries import book
from disputes.enums import Party
from disputes.lifecycle import RETURN_STATES, State
from disputes.models import Appeal, Case, Decision, Proposal, Return
from disputes.queries.decision_texts import text_for
from disputes.queries.masking import Masking
from disputes.queries.would_change import stored_sentences

RULED = (
    "refund_minor",
    "borne_by",
    "return_needed",
    "lines",
    "code",
    "reason",
    "buyer_text",
    "seller_text",
    "recommended",
)
SIDES = {ActorKind.BUYER: Party.BUYER, ActorKind.SELLER: Party.SELLER}


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A decision, the rulebook's sentence for it, what would have changed it, and what each side

    among the readers is told; all in the reader's language.
    """

    row: Decision
    rule: str
    would_change: list[str]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed decision, with the same words."""

    row: Proposal
    rule: str
    texts: dict[str, str]


def decisions_of(case: Case, deliver_by: datetime, readers: frozenset[ActorKind]) -> list[Reasoned]:
    """The first decision and, if a side appealed, the one on appeal.

    `deliver_by` is the guarantee of what the case is about.
    """
    rows = Decision.objects.filter(case_id=case.pk).order_by("id")
    return [
        Reasoned(row, _rule(row), _would_change(row, deliver_by), _texts(case, row, readers))
        for row in rows
    ]


def proposal_shown(case: Case, readers: frozenset[ActorKind]) -> Proposed | None:
    """The decision on its way: both sides may comment on it, or the goods go back first."""
    row = None
    if case.state == State.PROPOSED:
        row = Proposal.objects.filter(case_id=case.pk, closed_at=None).first()
    elif case.state in RETURN_STATES:
        row = _after_return(case)
    return Proposed(row, _rule(row), _texts(case, row, readers)) if row else None


def _after_return(case: Case) -> Proposal | None:
    """What was ruled and waits for the goods, never saved so; None where the sides agreed on it."""
    back = Return.objects.filter(case_id=case.pk, ended_at=None).first()
    if back is None or back.ruling["recommended"] is None:
        return None
    ruled = {name: back.ruling[name] for name in RULED}
    return Proposal(case=case, currency=case.currency, proposed_at=back.opened_at, **ruled)


def appeals_of(case: Case, words: Masking) -> list[Appeal]:
    """The sides' appeals, their words as the readers may read them (never saved so)."""
    rows = list(Appeal.objects.filter(case_id=case.pk).order_by("id"))
    for row in rows:
        row.text = words.shown(row.text, row.party, "ARBITRATION")
    return rows


def _rule(row: Decision | Proposal) -> str:
    trace: dict[str, Any] | None = row.recommended
    return book(trace["version"]).explain(trace, gettext) if trace else ""


def _would_change(row: Decision, deliver_by: datetime) -> list[str]:
    return stored_sentences(row.recommended, row.would_change, deliver_by, row.decided_at)


def _texts(case: Case, row: Decision | Proposal, readers: frozenset[ActorKind]) -> dict[str, str]:
    written = {Party.BUYER: row.buyer_text, Party.SELLER: row.seller_text}
    kept = row.kept_minor if isinstance(row, Decision) else 0
    return {
        side.value: text_for(
            side,
            row.code,
            written[side],
            order=case.order.external_id,
            refund=Money(row.refund_minor, row.currency),
            borne_by=row.borne_by,
            kept=Money(kept, row.currency),
            fraud=row.fraud,
        )
        for kind, side in SIDES.items()
        if kind in readers
    }
