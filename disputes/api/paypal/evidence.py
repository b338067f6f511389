"""What was asked of the sides and what they gave, as PayPal's `evidences`."""

from __future__ import annotations

from collections.abc import Iterable

from backoffice.files.models import StoredFile
from backoffice.files.queries import address
from disputes.api.paypal.links import Reader
from disputes.api.paypal.shapes import Shape, file_name, latest, moment, shape, text
from disputes.api.paypal.words import CARRIERS, OTHER
from disputes.enums import Stage
from disputes.lifecycle import PLACES, State
from disputes.models import Evidence
from disputes.queries.cases import waits_on
from disputes.queries.public import PublicCase

MOST, DOCUMENTS = 100, 100


def of_case(found: PublicCase, reader: Reader) -> list[Shape]:
    """What the rulebook asks of whom the case waits for, what staff asked, and what was given."""
    asked = _asked_by_rule(found) + _asked_by_staff(found)
    return asked + latest([_given(row, reader) for row in found.evidence], MOST - len(asked))


def _asked_by_rule(found: PublicCase) -> list[Shape]:
    """While the parties talk; what is not mandatory is welcome."""
    place = PLACES[State(found.case.state)]
    if place.stage != Stage.INQUIRY:
        return []
    on = waits_on(found.case.state)
    return [
        _asked(asked.evidence_type, asked.party, asked.required)
        for asked in found.asked
        if asked.party in on
    ]


def _asked_by_staff(found: PublicCase) -> list[Shape]:
    """The request that is open: the others were answered, or their time is over."""
    return [
        _asked(row.evidence_type, row.party, True) | shape(notes=text(row.note))
        for row in found.requests
        if row.closed_at is None
    ]


def _asked(evidence_type: str, party: str, mandatory: bool) -> Shape:
    return {
        "evidence_type": str(evidence_type),
        "source": f"REQUESTED_FROM_{party}",
        "action_info": {"action": "PROVIDE_EVIDENCE", "mandatory": mandatory},
    }


def _given(row: Evidence, reader: Reader) -> Shape:
    return shape(
        evidence_type=row.evidence_type,
        evidence_info=shape(tracking_info=[_tracking(row)] if row.tracking_number else []),
        documents=documents((link.file for link in row.with_files.all()), reader),
        notes=text(row.note),
        source=f"SUBMITTED_BY_{row.party}",
        date=moment(row.at),
        item_type="PRODUCT",
        dispute_life_cycle_stage=row.stage,
    )


def documents(files: Iterable[StoredFile], reader: Reader) -> list[Shape]:
    """Each file by name, and where it can be fetched for some minutes."""
    return latest([_document(file, reader) for file in files], DOCUMENTS)


def _document(file: StoredFile, reader: Reader) -> Shape:
    shown = file.variants[0]
    href = address(file, shown, reader.now).href
    return {"name": file_name(file.name), "url": reader.request.build_absolute_uri(href)}


def _tracking(row: Evidence) -> Shape:
    word = row.carrier.strip().upper()
    known = word in CARRIERS
    return shape(
        carrier_name=word if known else OTHER,
        carrier_name_other=None if known else row.carrier,
        tracking_number=row.tracking_number,
    )
