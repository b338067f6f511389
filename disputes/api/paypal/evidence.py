"""What was asked of the sides and what they gave, as PayPal's `evidences`."""

from __future__ import annotations

from disputes.api.paypal.carriers import OTHER, word_for
from disputes.api.paypal.documents import documents
from disputes.api.paypal.links import Reader
from disputes.api.paypal.shapes import Shape, latest, moment, shape, text
from disputes.enums import Stage
from disputes.lifecycle import PLACES, State
from disputes.models import Evidence
from disputes.queries.cases import waits_on
from disputes.queries.public import PublicCase

MOST = 100
ITEM_TYPE, GIVE = "PRODUCT", "PROVIDE_EVIDENCE"


def of_case(found: PublicCase, reader: Reader) -> list[Shape]:
    """What the rulebook asks of whom the case waits for, what staff asked, and what was given."""
    asked = _asked_by_rule(found) + _asked_by_staff(found)
    given = [_given(row, reader) for row in found.evidence if not row.supporting]
    return asked + latest(given, MOST - len(asked))


def supporting_info(found: PublicCase, reader: Reader) -> list[Shape]:
    """What the sides added while staff decided."""
    return [
        shape(
            notes=text(row.note),
            documents=_documents_of(row, reader),
            source=f"SUBMITTED_BY_{row.party}",
            provided_time=moment(row.at),
            dispute_life_cycle_stage=row.stage,
        )
        for row in found.evidence
        if row.supporting
    ]


def _asked_by_rule(found: PublicCase) -> list[Shape]:
    """While the parties talk; what is not mandatory is welcome."""
    place = PLACES[State(found.case.state)]
    if place.stage != Stage.INQUIRY:
        return []
    on = waits_on(found.case.state)
    return [
        _asked(asked.evidence_type, asked.party, place.stage, asked.required)
        for asked in found.asked
        if asked.party in on
    ]


def _asked_by_staff(found: PublicCase) -> list[Shape]:
    """The request that is open: the others were answered, or their time is over."""
    return [
        _asked(row.evidence_type, row.party, Stage.CHARGEBACK) | shape(notes=text(row.note))
        for row in found.requests
        if row.closed_at is None
    ]


def _asked(evidence_type: str, party: str, stage: str, mandatory: bool = True) -> Shape:
    return {
        "evidence_type": str(evidence_type),
        "source": f"REQUESTED_FROM_{party}",
        "item_type": ITEM_TYPE,
        "action_info": {"action": GIVE, "mandatory": mandatory},
        "dispute_life_cycle_stage": str(stage),
    }


def _given(row: Evidence, reader: Reader) -> Shape:
    return shape(
        evidence_type=row.evidence_type,
        evidence_info=shape(tracking_info=[_tracking(row)] if row.tracking_number else []),
        documents=_documents_of(row, reader),
        notes=text(row.note),
        source=f"SUBMITTED_BY_{row.party}",
        date=moment(row.at),
        item_type=ITEM_TYPE,
        action_info={"action": GIVE},
        dispute_life_cycle_stage=row.stage,
    )


def _documents_of(row: Evidence, reader: Reader) -> list[Shape]:
    return documents((link.file for link in row.with_files.all()), reader)


def _tracking(row: Evidence) -> Shape:
    word = word_for(row.carrier)
    return shape(
        carrier_name=word,
        carrier_name_other=row.carrier if word == OTHER else None,
        tracking_number=row.tracking_number,
    )
