"""Evidence as PayPal's clients send it, as the verbs take it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from backoffice.common.errors import Invalid
from backoffice.files.models import StoredFile
from disputes.api.paypal.carriers import OTHER
from disputes.api.paypal.files import Kept
from disputes.verbs.evidence import Given

_PIECE = re.compile(r"^pieces\[(\d+)\]\.(note)?")


def pieces(evidences: Sequence[dict[str, Any]], files: Sequence[Kept]) -> list[Given]:
    """A piece for each evidence, and one for each further parcel of it.

    A file belongs to the evidence whose `documents` name it, else to the first. Raises Invalid for
    a document that was not sent.
    """
    shared = _shared(evidences, files)
    return [
        piece
        for evidence, mine in zip(evidences, shared, strict=True)
        for piece in _pieces(evidence, mine)
    ]


def in_words(given: Sequence[Given]) -> str:
    """Evidence as one text: each piece's words, and its parcels."""
    said = [(piece.note, piece.carrier, piece.tracking_number) for piece in given]
    lines = [" ".join(filter(None, parts)) for parts in said]
    return "\n".join(filter(None, lines))


def paypals_name(field: str, evidences: Sequence[dict[str, Any]]) -> str:
    """The field of a piece as PayPal calls it: `pieces[3].note` -> `evidences[1].notes`."""
    found = _PIECE.match(field)
    if not found:
        return field
    owners = [at for at, evidence in enumerate(evidences) for _ in _pieces(evidence, ())]
    rest = "notes" if found[2] else field[found.end() :]
    return f"evidences[{owners[int(found[1])]}].{rest}"


def _shared(
    evidences: Sequence[dict[str, Any]], files: Sequence[Kept]
) -> list[tuple[StoredFile, ...]]:
    left, shared = list(files), []
    for at, evidence in enumerate(evidences):
        mine = []
        for place, document in enumerate(evidence.get("documents", ())):
            kept = next((one for one in left if one[0] == document["name"]), None)
            if kept is None:
                raise Invalid(
                    "No file of that name was sent with the call.",
                    code="unknown_file",
                    field=f"evidences[{at}].documents[{place}].name",
                )
            left.remove(kept)
            mine.append(kept[1])
        shared.append(tuple(mine))
    shared[0] += tuple(file for _, file in left)
    return shared


def _pieces(evidence: dict[str, Any], files: tuple[StoredFile, ...]) -> Iterator[Given]:
    kind = evidence["evidence_type"]
    parcels = evidence.get("evidence_info", {}).get("tracking_info", [])
    first, *others = parcels or [{}]
    yield Given(kind, _words(evidence), *_parcel(first), files)
    for parcel in others:
        yield Given(kind, "", *_parcel(parcel))


def _parcel(parcel: dict[str, str]) -> tuple[str, str]:
    """Carrier and number."""
    carrier = parcel.get("carrier_name", "")
    if carrier == OTHER:
        carrier = parcel.get("carrier_name_other", "")
    return carrier, parcel.get("tracking_number", "")


def _words(evidence: dict[str, Any]) -> str:
    """The notes, and what else was said that has no field of its own here."""
    info = evidence.get("evidence_info", {})
    said = [evidence.get("notes", "")]
    if "refund_ids" in info:
        said.append(f"Refunds: {', '.join(info['refund_ids'])}")
    if "item_id" in evidence:
        said.append(f"Item: {evidence['item_id']}")
    said += [parcel.get("tracking_url", "") for parcel in info.get("tracking_info", [])]
    return "\n".join(filter(None, said))
