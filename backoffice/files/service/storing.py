"""Keeping a file: its bytes in the storage, its row and its event in the database."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from backoffice.audit import service as audit
from backoffice.common.actors import Actor
from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from backoffice.files.service.preparing import Prepared, prepare

SUBJECT = "file"
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
        audit.append([audit.NewEvent(SUBJECT, public_id, "file.stored", actor, now, data)], {})
    return file


def new_public_id(prefix: str) -> str:
    """An id nobody can guess: the prefix, a dash and twelve characters (60 bits)."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(12))


def _put(file: StoredFile, variant: Variant, content: bytes) -> None:
    key = file.key(variant)
    written = default_storage.save(key, ContentFile(content))
    if written != key:  # the storage had something there, which an id of 60 bits rules out
        raise RuntimeError(f"{key} was taken")
