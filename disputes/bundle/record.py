"""case.json: the case as its reader may see it, for programs. The names are the API's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.fields import Field

from backoffice.audit.catalogue import PARTIES
from backoffice.audit.queries import chain
from backoffice.common.money import Money
from backoffice.files.models import StoredFile
from backoffice.files.queries import of_subject
from disputes.lifecycle import PLACES, State
from disputes.models import Appeal, Case, Evidence, Message, Note, Offer, Return
from disputes.queries.masking import EVIDENCE_WORDS, OFFER_WORDS, RETURN_WORDS, ShownMessage
from disputes.queries.public import QUOTING, PublicCase
from disputes.serializers.dispute import DisputeRest
from disputes.verbs.messages import text_digest

LEFT_OUT = {"messages", "evidence", "evidence_asked", "decision", "proposal", "waited_seconds"}


class Rest(DisputeRest):
    """What the API shows of a case beside what is said and given (below: without addresses)."""

    def get_fields(self) -> dict[str, Field[Any, Any, Any, Any]]:
        """Those of the API, but for LEFT_OUT."""
        return {name: f for name, f in super().get_fields().items() if name not in LEFT_OUT}


def record(found: PublicCase, notes: Sequence[Note], hidden: int) -> dict[str, Any]:
    """The whole case. Files are named by their ids, as in the manifest.

    Of `hidden` of its texts, the reader sees only a part.
    """
    told = {
        **_summary(found.case),
        **Rest(found).data,
        "messages": [_message(message) for message in found.messages],
        "evidence": [_evidence(piece) for piece in found.evidence],
        "hidden_texts": hidden,
    }
    if notes:
        told["notes"] = [
            {"author": note.author_ref, "time_posted": note.at, "content": note.body}
            for note in notes
        ]
    return told


def files_of(found: PublicCase) -> list[StoredFile]:
    """The files that belong to what was said and given, each once, in that order."""
    given = [link.file for piece in found.evidence for link in piece.with_files.all()]
    sent = [file for message in found.messages for file in message.files]
    return list({file.public_id: file for file in [*given, *sent]}.values())


def hidden_texts(found: PublicCase) -> list[str]:
    """What was written of which the reader sees only a part; as often as it was written."""
    return [text for text, shown in _written(found) if text and text != shown]


def as_sealed(texts: Iterable[str]) -> frozenset[str]:
    """`texts` as the chains have them: the text itself, or its hash."""
    once = frozenset(texts)
    return once | {text_digest(text) for text in once}


def _written(found: PublicCase) -> Iterator[tuple[str, str | None]]:
    """Each text of a side, and as the reader sees it; None where he sees nothing of it."""
    mine, files = {"case_id": found.case.pk}, _by_key(files_of(found))
    parts: list[tuple[QuerySet[Any], str, dict[int, Any]]] = [
        (Message.objects.filter(**mine), "body", {row.id: row for row in found.messages}),
        (Appeal.objects.filter(**mine), "text", _by_key(found.appeals)),
        *((Evidence.objects.filter(**mine), n, _by_key(found.evidence)) for n in EVIDENCE_WORDS),
        *((Offer.objects.filter(**mine), n, _by_key(found.offers)) for n in OFFER_WORDS),
        *((Return.objects.filter(**mine), n, _by_key(found.returns)) for n in RETURN_WORDS),
        (of_subject(found.case.public_id).filter(pk__in=files), "name", files),
    ]
    for rows, column, shown in parts:
        for key, text in rows.values_list("pk", column):
            yield text, getattr(shown[key], column) if key in shown else None
    for event in chain("case", found.case.public_id).filter(action__in=QUOTING):
        for text in event.data.values():
            if isinstance(text, str) and event.actor_kind in PARTIES:
                yield text, found.masking.shown(text, event.actor_kind, QUOTING[event.action])


def _by_key(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}


def _summary(case: Case) -> dict[str, Any]:
    place = PLACES[State(case.state)]
    amounts = {
        "requested_amount": case.requested_minor,
        "credited_amount": case.credited_minor,
        "refunded_amount": case.refunded_minor,
    }
    return {
        "dispute_id": case.public_id,
        "order": case.order.external_id,
        "seller": case.seller.external_id,
        "buyer": case.buyer.external_id,
        "reason": case.reason,
        "sub_reason": case.sub_reason,
        "dispute_life_cycle_stage": str(place.stage.value),
        "status": str(place.status.value),
        "outcome": case.outcome,
        "borne_by": case.borne_by,
        **{name: Money(minor, case.currency).to_json() for name, minor in amounts.items()},
        "rulebook": case.rulebook_number,
        "create_time": case.filed_at,
        "replaced_at": case.replaced_at,
        "update_time": case.updated_at,
        "due_time": case.expected_by,
        "resolve_time": case.resolved_at,
    }


def _message(message: ShownMessage) -> dict[str, Any]:
    return {
        "id": message.id,
        "posted_by": message.author,
        "time_posted": message.at,
        "content": message.body,
        "masked": message.masked,
        "files": [file.public_id for file in message.files],
    }


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {
        "posted_by": piece.party,
        "time_posted": piece.at,
        "evidence_type": piece.evidence_type,
        "note": piece.note,
        "carrier": piece.carrier,
        "tracking_number": piece.tracking_number,
        "number_hint": piece.number_hint,
        "files": [link.file.public_id for link in piece.with_files.all()],
    }
