"""The photos and documents of a case as the desk compares them, and the listing's beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from backoffice.files.enums import Kind, Variant
from backoffice.files.models import StoredFile
from backoffice.files.queries import address
from disputes.enums import EvidenceType, Party
from disputes.models import CaseLine, EvidenceFile

MOST = 300


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


def listed(lines: Iterable[CaseLine], hosts: Iterable[str]) -> tuple[Listed, ...]:
    """The photos of the lines as they were sold, of those that lie with one of `hosts`.

    A browser that fetches a photo tells its host who looks and when: so only the marketplace's.
    """
    allowed = set(hosts)
    found = (Listed(x.line.title or x.line.external_id, x.line.photo_url) for x in lines)
    return tuple(x for x in found if x.photo_url and urlsplit(x.photo_url).netloc in allowed)
