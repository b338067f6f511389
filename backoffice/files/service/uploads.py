"""Files that their sender puts into the storage himself: ask, put, complete."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from backoffice.common.actors import Actor
from backoffice.common.errors import DomainError, NotFound, Refused
from backoffice.files.models import StoredFile, Upload
from backoffice.files.names import plain_name
from backoffice.files.service.buckets import signed_put, size_of
from backoffice.files.service.preparing import FileRefused, Prepared, prepare, refusal
from backoffice.files.service.storing import keep, new_public_id, require_room

TIME = timedelta(minutes=15)  # to send 10 MB, also from a telephone
# Beyond its end an upload's bytes stay so long, for a PUT that was under way.
GRACE = timedelta(hours=1)


class NothingArrived(Refused):
    """The announced bytes are not there, or not as many as announced."""

    code = "nothing_arrived"


def announce(subject: str, name: str, size: int, actor: Actor, now: datetime) -> Upload:
    """Keep a place for a file of exactly `size` bytes. Raises TooManyFiles."""
    require_room(subject, 1 + _underway(subject, actor, now), actor)
    return Upload.objects.create(
        public_id=new_public_id("U"),
        subject=subject,
        uploader_kind=actor.kind.value,
        uploader_ref=actor.ref,
        name=plain_name(name),
        size=size,
        asked_at=now,
        expires_at=now + TIME,
    )


def _underway(subject: str, actor: Actor, now: datetime) -> int:
    """How many files `actor` has announced for `subject` that may still come."""
    mine = {"uploader_kind": actor.kind.value, "uploader_ref": actor.ref}
    rows = Upload.objects.filter(subject=subject, stored=None, refused="", **mine)
    return rows.filter(expires_at__gt=now).count()


def put_at(upload: Upload) -> str:
    """The bucket's address for its bytes; "" where they come to our own door."""
    return signed_put(upload.key, upload.size, int(TIME.total_seconds()))


def receive(upload: Upload, body: File[bytes]) -> None:
    """Take an announced file's bytes at our own door; sent again, they replace what came before.

    Raises DomainError where they are not as many as announced.
    """
    if body.size != upload.size:
        raise WrongSize(f"{upload.size} bytes were announced; this is {body.size}.")
    default_storage.delete(upload.key)
    written = default_storage.save(upload.key, body)
    if written != upload.key:  # another PUT of it came between: that one counts
        default_storage.delete(written)


class WrongSize(DomainError):
    """The bytes are not as many as announced."""

    status = 400
    code = "wrong_size"


def find(subject: str, public_id: str, actor: Actor) -> Upload:
    """The upload that `actor` announced for `subject`. Raises NotFound."""
    mine = {"uploader_kind": actor.kind.value, "uploader_ref": actor.ref}
    upload = Upload.objects.filter(subject=subject, public_id=public_id, **mine).first()
    if upload is None:
        raise NotFound("There is no such upload.", code="upload_not_found")
    return upload


def look_at(upload: Upload) -> Prepared | FileRefused | None:
    """What arrived, looked at (no transaction is needed); None if that was done before.

    Raises NothingArrived, and Busy when too much is being looked at.
    """
    if upload.stored_id or upload.refused:
        return None
    if size_of(upload.key) != upload.size:
        raise NothingArrived(f"{upload.size} bytes were announced, and have not arrived.")
    with default_storage.open(upload.key) as arrived:
        content = arrived.read()
    try:
        return prepare(content, upload.name)
    except FileRefused as refused:
        return refused


def complete(
    upload: Upload, found: Prepared | FileRefused | None, actor: Actor, now: datetime
) -> StoredFile | FileRefused:
    """Keep what was looked at, or remember why not; asked again, the same answer.

    Raises TooManyFiles where others took the room meanwhile.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if upload.stored:
            return upload.stored
        if upload.refused or found is None:
            return refusal(upload.refused)
        if isinstance(found, Prepared):
            require_room(upload.subject, 1, actor)
            upload.stored = keep(upload.subject, found, actor, now)
        else:
            upload.refused = found.code
        upload.save(update_fields=["stored", "refused"])
    return upload.stored or refusal(upload.refused)


def clear_away(now: datetime, limit: int = 500) -> int:
    """Delete the bytes of uploads that are over; how many were. The rows stay."""
    over = Upload.objects.filter(swept=False, expires_at__lt=now - GRACE).order_by("expires_at")
    done = []
    for upload in over[:limit]:
        default_storage.delete(upload.key)
        done.append(upload.pk)
    return Upload.objects.filter(pk__in=done).update(swept=True)
