"""Files that come with a call: looked at before its transaction, kept in it, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backoffice.common.actors import Actor
from backoffice.files.models import StoredFile
from backoffice.files.service import FileRefused, Prepared, keep_all, prepare_all
from disputes.api.paypal.parsing import Part

Kept = tuple[str, StoredFile]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file fit to be kept, and what its sender called it."""

    sent_as: str
    shown: str
    file: Prepared


def look_at(parts: Sequence[Part]) -> tuple[Looked, ...]:
    """Each file, decoded. Raises FileRefused naming the part, or Busy."""
    found = prepare_all(file for _, file in parts)
    looked = []
    for (part, sent), (shown, file) in zip(parts, found, strict=True):
        if isinstance(file, FileRefused):
            file.field = part
            raise file
        looked.append(Looked(sent.name or "", shown, file))
    return tuple(looked)


def keep(dispute_id: str, looked: Sequence[Looked], actor: Actor, now: datetime) -> list[Kept]:
    """The files, kept for the case, with the names they were sent with. Raises TooManyFiles."""
    if not looked:
        return []
    arrived = keep_all(dispute_id, [(one.shown, one.file) for one in looked], actor, now)
    return [
        (one.sent_as, done.stored)
        for one, done in zip(looked, arrived, strict=True)
        if done.stored is not None
    ]
