"""Files as their rows and their chains tell them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from backoffice.audit.models import Event
from backoffice.files.models import StoredFile

BATCH = 2_000
SEALED = ("name", "subject", "format", "size", "sha256")


def broken_seals() -> Iterator[str]:
    """The public ids of files whose first event does not say what their row says."""
    rows = StoredFile.objects.order_by("id").values_list("public_id", *SEALED)
    found = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        events = Event.objects.filter(
            subject_kind="file", action="file.stored", subject_id__in=[row[0] for row in batch]
        )
        told = dict(events.values_list("subject_id", "data"))
        for public_id, *values in batch:
            if told.get(public_id) != dict(zip(SEALED, values, strict=True)):
                yield public_id
