"""The photos and documents of a case as the desk compares them, and the listing's beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import QuerySet

from backoffice.files.enums import Kind, Variant
from backoffice.files.models import StoredFile
from backoffice.files.queries import address
from disputes.enums import EvidenceType, Party
from disputes.models import CaseLine, EvidenceFile, MessageFile

MOST = 300
SIDES = (Party.BUYER, Party.SELLER)


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that a side gave as evidence: of what, and when."""

    file: StoredFile
    evidence_id: int
    party: Party
    evidence_type: EvidenceType
    at: datetime

    @property
    def is_photo(self) -> bool:
        """Whether it can be looked at; a document can only be saved."""
        return self.file.kind == Kind.PHOTO

    def href(self, variant: Variant, now: datetime) -> str:
        """Where `variant` can be fetched by whoever may see the case."""
        return address(self.file, variant, now).href


@dataclass(frozen=True, slots=True)
class Listed:
    """What the buyer was shown: the line's title and its photo's address at the marketplace."""

    title: str
    photo_url: str


def given_files(case_id: int) -> tuple[Shown, ...]:
    """Both parties' files in evidence, the latest first, in one statement."""
    rows = EvidenceFile.objects.filter(evidence__case_id=case_id)
    return tuple(
        Shown(
            row.file,
            row.evidence_id,
            Party(row.evidence.party),
            EvidenceType(row.evidence.evidence_type),
            row.evidence.at,
        )
        for row in rows.select_related("file", "evidence").order_by("-id")[:MOST]
    )


def sides_photos(case_id: int) -> dict[int, Party]:
    """Whose each photo is that a side gave as evidence or sent with a message, by the file's id."""
    given = EvidenceFile.objects.filter(evidence__case_id=case_id, file__kind=Kind.PHOTO)
    with_evidence = given.order_by("-id").values_list("file_id", "evidence__party")
    with_messages = _sent(case_id).order_by("-id").values_list("file_id", "message__author")
    found = (*with_messages[:MOST], *with_evidence[:MOST])
    return {file: Party(side) for file, side in found}


def sent_photos(case_id: int) -> bool:
    """Whether a side sent a photo with a message."""
    return _sent(case_id).exists()


def _sent(case_id: int) -> QuerySet[MessageFile]:
    by_sides = {"message__case_id": case_id, "message__author__in": SIDES}
    return MessageFile.objects.filter(file__kind=Kind.PHOTO, **by_sides)


def may_show(address: str, hosts: Iterable[str]) -> bool:
    """Whether our pages may show the photo at `address`: whether it lies with one of `hosts`.

    A browser that fetches a photo tells its host who looks and when: so only the marketplace's.
    What is no address lies nowhere.
    """
    try:
        return bool(address) and urlsplit(address).netloc in set(hosts)
    except ValueError:
        return False


def listed(lines: Iterable[CaseLine], hosts: Iterable[str]) -> tuple[Listed, ...]:
    """The photos of the lines as they were sold, of those that lie with one of `hosts`."""
    allowed = set(hosts)
    found = (Listed(x.line.title or x.line.external_id, x.line.photo_url) for x in lines)
    return tuple(x for x in found if may_show(x.photo_url, allowed))
