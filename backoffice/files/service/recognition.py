"""Remembering photos, so that one used again is recognised (queries/recycled.py asks)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from backoffice.files.fingerprints.glimpse import opened
from backoffice.files.fingerprints.marks import bands, marks
from backoffice.files.models import PhotoGlimpse, PhotoHash, StoredFile
from backoffice.files.service.preparing import prepare


def remember(file: StoredFile, kept: Sequence[int]) -> None:
    """Keep what `fingerprints.of` found in a photo; nothing, where it found nothing."""
    if kept:
        _write(PhotoGlimpse(file=file, kept=bytes(kept)))


def remember_listing(address: str, content: bytes) -> bool:
    """Remember the photo that a listing shows at `address`; whether it can be recognised.

    `content` is looked at and not kept. Raises FileRefused for what is no photo, and Busy.
    """
    photo = prepare(content, "listing").photo
    kept = photo.fingerprints if photo else []
    with transaction.atomic():
        PhotoGlimpse.objects.filter(listing=address).delete()
        if kept:
            _write(PhotoGlimpse(listing=address, kept=bytes(kept)))
    return bool(kept)


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
