"""Remembering photos, so that one used again is recognised (queries/recycled.py asks)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from backoffice.files.fingerprints.glimpse import opened
from backoffice.files.fingerprints.marks import bands, marks
from backoffice.files.models import PhotoGlimpse, PhotoHash, StoredFile
from backoffice.files.pipeline.results import Photo
from backoffice.files.service.preparing import FileRefused, prepare


def remember(file: StoredFile, kept: Sequence[int]) -> None:
    """Keep what `fingerprints.of` found in a photo; nothing, where it found nothing."""
    if kept:
        _write(PhotoGlimpse(file=file, kept=bytes(kept)))


def remember_listing(address: str, content: bytes) -> bool:
    """Remember the photo that a listing shows at `address`; whether it can be recognised.

    `content` is looked at and not kept. Raises FileRefused for what is no photo, and Busy.
    """
    return keep_listing(address, look_at_listing(content))


def look_at_listing(content: bytes) -> Photo:
    """The photo in `content`. Takes time and needs no transaction; raises as `remember_listing`."""
    photo = prepare(content, "listing").photo
    if photo is None:
        raise FileRefused("type_not_allowed")
    return photo


def keep_listing(address: str, photo: Photo) -> bool:
    """Remember what a listing shows at `address`, in place of what it showed before."""
    kept = bytes(photo.fingerprints)
    with transaction.atomic():
        if not kept:
            PhotoGlimpse.objects.filter(listing=address).delete()
            return False
        rows = PhotoGlimpse.objects.select_for_update()
        glimpse, new = rows.get_or_create(listing=address, defaults={"kept": kept})
        if not new:
            glimpse.kept = kept
            glimpse.save(update_fields=["kept"])
            glimpse.hashes.all().delete()
        PhotoHash.objects.bulk_create(hashes_of(glimpse))
    return True


def _write(glimpse: PhotoGlimpse) -> None:
    with transaction.atomic():
        glimpse.save(force_insert=True)
        PhotoHash.objects.bulk_create(hashes_of(glimpse))


def hashes_of(glimpse: PhotoGlimpse) -> list[PhotoHash]:
    """The rows that follow from a glimpse."""
    return [
        PhotoHash(photo=glimpse, frame=frame, bits=bits, weak=weak, **_keys(bits))
        for frame, bits, weak in marks(opened(glimpse.kept))
    ]


def _keys(bits: int) -> dict[str, int]:
    return {f"band{band}": key for band, key in enumerate(bands(bits))}
