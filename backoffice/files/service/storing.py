"""Keeping a file: its bytes in the storage, its row and its event in the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.audit import service as audit
from backoffice.common.actors import Actor
from backoffice.common.errors import Refused
from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from backoffice.files.names import plain_name
from backoffice.files.pipeline.results import MAX_BYTES
from backoffice.files.service.preparing import FileRefused, Prepared, prepare
from backoffice.files.service.recognition import remember

SUBJECT = "file"
MAX_FILES = 200  # that one party may upload to one subject
# After so long no further file of a call is looked at: what waits for its answer gives up, too.
CALL_SECONDS = 60
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: read out on the telephone


def store(subject: str, content: bytes, name: str, actor: Actor, now: datetime) -> StoredFile:
    """Look at `content` and keep it for `subject` (a case's public id).

    Raises FileRefused for what is not taken, Busy when too much is being looked at.
    """
    return keep(subject, prepare(content, name), actor, now)


def keep(subject: str, prepared: Prepared, actor: Actor, now: datetime) -> StoredFile:
    """Keep what was looked at. The original's hash goes into the file's audit chain.

    Bytes come first: a row whose bytes are missing would be worse than bytes without a row.
    """
    public_id = new_public_id("F")
    photo = prepared.photo
    file = StoredFile(
        public_id=public_id,
        subject=subject,
        uploader_kind=actor.kind.value,
        uploader_ref=actor.ref,
        name=prepared.name,
        kind=prepared.kind.value,
        format=prepared.format.value,
        size=len(prepared.content),
        sha256=prepared.sha256,
        width=photo.width if photo else 0,
        height=photo.height if photo else 0,
        facts=photo.facts if photo else {},
        folder=f"files/{public_id[2:4]}/{public_id}",
        at=now,
    )
    _put(file, Variant.ORIGINAL, prepared.content)
    if photo:
        _put(file, Variant.VIEW, photo.view)
        _put(file, Variant.LARGE, photo.large)
        _put(file, Variant.SMALL, photo.small)
    data = {
        "name": file.name,
        "subject": subject,
        "format": file.format,
        "size": file.size,
        "sha256": file.sha256,
    }
    with transaction.atomic():
        file.save(force_insert=True)
        remember(file, photo.fingerprints if photo else ())
        audit.append([audit.NewEvent(SUBJECT, public_id, "file.stored", actor, now, data)], {})
    return file


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one file of several: it was stored, or refused."""

    name: str
    stored: StoredFile | None
    refused: FileRefused | None


def prepare_all(sent: Iterable[File[bytes]]) -> list[tuple[str, Prepared | FileRefused]]:
    """Look at several files, each by itself: one that is refused does not spoil the others.

    It takes time and needs no transaction. Raises Busy.
    """
    until = monotonic() + CALL_SECONDS
    return [(plain_name(file.name or ""), _prepared(file, until)) for file in sent]


def _prepared(file: File[bytes], until: float) -> Prepared | FileRefused:
    try:
        if file.size > MAX_BYTES:
            raise FileRefused("too_large")
        if monotonic() > until:
            raise FileRefused("no_time")
        return prepare(file.read(), file.name or "")
    except FileRefused as refused:
        return refused


def keep_all(
    subject: str,
    found: Sequence[tuple[str, Prepared | FileRefused]],
    actor: Actor,
    now: datetime,
) -> list[Arrived]:
    """Keep those that are fit. Raises TooManyFiles where the uploader has no room for them."""
    fit = sum(isinstance(file, Prepared) for _, file in found)
    require_room(subject, fit, actor)
    return [
        Arrived(name, keep(subject, file, actor, now), None)
        if isinstance(file, Prepared)
        else Arrived(name, None, file)
        for name, file in found
    ]


def require_room(subject: str, files: int, actor: Actor) -> None:
    """Raises TooManyFiles where `actor` may not upload so many more to `subject`."""
    mine = {"uploader_kind": actor.kind.value, "uploader_ref": actor.ref}
    if StoredFile.objects.filter(subject=subject, **mine).count() + files > MAX_FILES:
        raise TooManyFiles(
            _("You may upload %(most)d files here, and no more.") % {"most": MAX_FILES}
        )


class TooManyFiles(Refused):
    """Its uploader has used up what one may upload to one subject."""

    code = "too_many_files"


def new_public_id(prefix: str) -> str:
    """An id nobody can guess: the prefix, a dash and twelve characters (60 bits)."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(12))


def _put(file: StoredFile, variant: Variant, content: bytes) -> None:
    key = file.key(variant)
    written = default_storage.save(key, ContentFile(content))
    if written != key:  # the storage had something there, which an id of 60 bits rules out
        raise RuntimeError(f"{key} was taken")
