"""Which files there are."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from backoffice.common.actors import Actor
from backoffice.common.errors import Invalid
from backoffice.files.models import StoredFile


def of_subject(subject: str) -> QuerySet[StoredFile]:
    """The files of a case (or another subject), oldest first."""
    return StoredFile.objects.filter(subject=subject).order_by("id")


def by_public_ids(
    subject: str, public_ids: Sequence[str], uploader: Actor | None = None, field: str = "files"
) -> list[StoredFile]:
    """These files of `subject`, in the order named; with `uploader`, only those it uploaded.

    Raises Invalid naming the first id that is none of them, or named twice.
    """
    rows = of_subject(subject).filter(public_id__in=set(public_ids))
    if uploader:
        rows = rows.filter(uploader_kind=uploader.kind.value, uploader_ref=uploader.ref)
    found = {file.public_id: file for file in rows}
    for place, public_id in enumerate(public_ids):
        if public_id not in found:
            raise Invalid(
                f"{public_id!r} is no file that you uploaded to this case.",
                code="unknown_file",
                field=f"{field}[{place}]",
            )
        if public_id in public_ids[:place]:
            raise Invalid("It is named twice.", code="unknown_file", field=f"{field}[{place}]")
    return [found[public_id] for public_id in public_ids]
