"""Putting pictures straight into the tables, without the way through the decoding process."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import count

from PIL import Image

from backoffice.files.fingerprints import of
from backoffice.files.models import StoredFile
from backoffice.files.service.recognition import remember

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_numbers = count(1)


def a_picture(
    image: Image.Image, subject: str = "", uploader: tuple[str, str] = ("BUYER", "b-1")
) -> StoredFile:
    """A stored photo that shows `image`, for a case of its own unless one is named."""
    number = next(_numbers)
    file = StoredFile.objects.create(
        public_id=f"F-{number:012}",
        subject=subject or f"RD-{number}",
        uploader_kind=uploader[0],
        uploader_ref=uploader[1],
        name="photo.jpg",
        kind="PHOTO",
        format="JPEG",
        size=1,
        sha256=hashlib.sha256(image.tobytes()).hexdigest(),
        width=image.width,
        height=image.height,
        folder=f"files/{number}",
        at=NOW,
    )
    remember(file, of(image))
    return file
