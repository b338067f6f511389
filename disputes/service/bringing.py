"""Files that come with a page's form, or ahead of it: shared by the desk and the hosted page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File

from backoffice.common.actors import Actor
from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from backoffice.files.queries import address
from backoffice.files.service import Arrived, keep_all, prepare_all
from disputes.queries.files import brought


@dataclass(frozen=True, slots=True)
class Brought:
    """The files that go with a form, and what is wrong with those that were refused."""

    files: tuple[StoredFile, ...]
    refused: tuple[Arrived, ...]

    @property
    def wrong(self) -> list[str]:
        """What was wrong with each of those, in a sentence."""
        return [f"{a.name}: {a.refused.message}" for a in self.refused if a.refused]

    def kept(self, now: datetime) -> list[dict[str, str]]:
        """Those that need not be sent again, as the upload component shows them."""
        return [shown(file, now) for file in self.files]


def arrive(case_id: str, sent: Sequence[File[bytes]], actor: Actor, now: datetime) -> list[Arrived]:
    """Store `sent` for the case, each by itself. Raises TooManyFiles, Busy."""
    return keep_all(case_id, prepare_all(sent), actor, now)


def bring(
    case_id: str, sent: Sequence[File[bytes]], ids: Sequence[str], actor: Actor, now: datetime
) -> Brought:
    """Those that came ahead (by id) and those that come with the form itself.

    Raises Invalid for an id that is not one of the actor's files of the case.
    """
    before = brought(case_id, list(dict.fromkeys(ids)), actor)
    arrived = arrive(case_id, sent, actor, now)
    stored = tuple(a.stored for a in arrived if a.stored)
    return Brought((*before, *stored), tuple(a for a in arrived if a.refused))


def answers(arrived: Sequence[Arrived], now: datetime) -> dict[str, Any]:
    """What upload.js is told of each file: its id and a thumbnail, or why it was refused."""
    return {"files": [_answer(file, now) for file in arrived]}


def _answer(file: Arrived, now: datetime) -> dict[str, str]:
    if file.stored:
        return shown(file.stored, now)
    return {"name": file.name, "refused": file.refused.message if file.refused else ""}


def shown(file: StoredFile, now: datetime) -> dict[str, str]:
    """A file's name, its id and its thumbnail's address ("" for a document)."""
    thumb = address(file, Variant.SMALL, now).href if Variant.SMALL in file.variants else ""
    return {"name": file.name, "id": file.public_id, "thumb": thumb}
