"""Making a bundle: read once, written file by file, and noted in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation

from backoffice.accounts.models import User
from backoffice.audit import service as audit
from backoffice.common.actors import Actor
from backoffice.common.canonical import canonical_json
from backoffice.common.errors import Forbidden, NotFound
from backoffice.files.enums import Kind, Variant
from backoffice.files.models import StoredFile
from backoffice.files.queries import of_subject
from backoffice.files.service import read_original
from disputes.bundle.case_file import CaseFile, case_file
from disputes.bundle.reading import Chain, Reading, chain_of
from disputes.bundle.record import as_sealed, files_of, hidden_texts, record
from disputes.bundle.writing import BundleFile, parts_of
from disputes.models import Case, Note
from disputes.queries.public import PublicCase, public_case

FORMAT = "redress-evidence-bundle/1"
SUBJECT, MADE = "bundle", "bundle.made"
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Order:
    """Whose bundle is to be made, by whom and for whom. With `reason`, originals are in it."""

    public_id: str
    reading: Reading
    actor: Actor
    now: datetime
    reason: str = ""


def make_bundle(order: Order, out: IO[bytes]) -> str:
    """Write the bundle to `out`, note that it was made, and return its manifest's SHA-256.

    One file after the other: memory holds one picture, or one PDF. Raises NotFound, Forbidden for
    originals asked for by anybody but staff.
    """
    if order.reason and not order.reading.staff:
        raise Forbidden("Only staff may take originals.")
    # The chain first: whatever it tells of is there when the rest is read.
    chains = [chain_of("case", order.public_id)]
    if not chains[0].length:
        raise NotFound("There is no such case.", code="case_not_found")
    with translation.override("en"), timezone.override(UTC):  # whoever asks, one case.json
        found = public_case(order.public_id, order.reading.readers)
    files = list(of_subject(order.public_id)) if order.reading.staff else files_of(found)
    chains += [chain_of("file", file.public_id) for file in files]
    bundle = BundleFile(out)
    hidden = hidden_texts(found)
    _write_texts(bundle, order, found, chains[0], files, len(hidden))
    for chain in chains:
        bundle.add(chain.path, chain.lines(order.reading, as_sealed(hidden)))
    originals = [_write_file(bundle, order, file) for file in files]
    digest = bundle.close(_manifest(order, chains, originals))
    _note(order, chains[0], digest, len(originals) if order.reason else 0)
    return digest


def _write_texts(
    bundle: BundleFile,
    order: Order,
    found: PublicCase,
    chain: Chain,
    files: list[StoredFile],
    hidden: int,
) -> None:
    """The verifier, what to do with it, the case for programs and for people."""
    notes: list[Note] = []
    if order.reading.staff:
        notes = list(Note.objects.filter(case__public_id=order.public_id).order_by("id"))
    about = CaseFile(
        order.public_id,
        order.reading,
        chain,
        files,
        notes,
        _names() if order.reading.staff else {},
        order.now,
        lambda file: b"".join(parts_of(default_storage.open(file.key(Variant.SMALL)))),
    )
    for name in ("verify.py", "README.txt"):
        bundle.add(name, (HERE / name).read_bytes())
    bundle.add("case.json", canonical_json(record(found, notes, hidden)))
    for language, _ in settings.LANGUAGES:
        bundle.add(f"case-file.{language}.pdf", case_file(about, language))


def _write_file(bundle: BundleFile, order: Order, file: StoredFile) -> dict[str, Any]:
    """What may be shown of a file, its original if asked for; the manifest's word on it."""
    if file.kind == Kind.PHOTO:
        shown, variant = f"photos/{file.public_id}.jpg", Variant.VIEW
    else:
        shown, variant = f"documents/{file.public_id}.pdf", Variant.DOCUMENT
    bundle.add(shown, parts_of(default_storage.open(file.key(variant))))
    told: dict[str, Any] = {
        "file_id": file.public_id,
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "uploaded_by": file.uploader_kind,
        "shown": shown,
        "chain": f"chains/file-{file.public_id}.jsonl",
    }
    if order.reason:
        original = read_original(file.public_id, order.actor, order.reason, order.now)
        told["path"] = f"originals/{file.public_id}.bin"
        bundle.add(told["path"], original)
    return told


def _manifest(order: Order, chains: list[Chain], originals: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "dispute_id": order.public_id,
        "made_at": order.now,
        "for": order.reading.label,
        "chains": [
            {
                "path": chain.path,
                "subject_kind": chain.subject_kind,
                "subject_id": chain.subject_id,
                "length": chain.length,
                "hash": chain.hash,
            }
            for chain in chains
        ],
        "originals": originals,
    }


def _note(order: Order, chain: Chain, digest: str, originals: int) -> None:
    """Who took what: in a chain of its own, so that reading a case does not move it."""
    data = {
        "dispute": order.public_id,
        "for": order.reading.label,
        "whole_chains": order.reading.whole_chains,
        "originals": originals,
        "reason": order.reason,
        "chain_length": chain.length,
        "manifest_sha256": digest,
    }
    event = audit.NewEvent(SUBJECT, order.public_id, MADE, order.actor, order.now, data)
    with transaction.atomic():
        # The row's lock keeps the chain's order where two are made at once.
        Case.objects.select_for_update().filter(public_id=order.public_id).values("id").first()
        audit.append([event])


def _names() -> dict[str, str]:
    """Staff by their id as text."""
    return {str(user.pk): str(user) for user in User.objects.filter(is_staff=True)}
