"""Evidence files as the desk's viewer wants them: addresses, captions, what the camera wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from babel import Locale
from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from disputes.admin.viewer import Picture
from disputes.enums import Party
from disputes.models import CaseLine
from disputes.queries.photos import Shown, given_files, listed

LISTING = "LISTING"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that a side gave: it is saved, never shown."""

    key: str
    name: str
    href: str
    size: int


@dataclass(slots=True)
class Given:
    """One side's files, the latest first."""

    pictures: list[Picture] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


def given(case_id: int, now: datetime) -> dict[Party, Given]:
    """Each side's photos and documents."""
    found = {party: Given() for party in Party}
    for shown in given_files(case_id):
        if shown.is_photo:
            found[shown.party].pictures.append(_picture(shown, now))
        else:
            found[shown.party].papers.append(_paper(shown, now))
    return found


def _paper(shown: Shown, now: datetime) -> Paper:
    file = shown.file
    return Paper(file.public_id, file.name, shown.href(Variant.DOCUMENT, now), file.size)


def listing(lines: tuple[CaseLine, ...], own_host: str) -> list[Picture]:
    """The photos of what was sold, where our pages may show them."""
    return [
        Picture(
            key=f"listing-{place}",
            side=LISTING,
            owner=_("As it was sold"),
            thumb=sold.photo_url,
            view=sold.photo_url,
            caption=sold.title,
        )
        for place, sold in enumerate(listed(lines, {own_host, *settings.PHOTO_HOSTS}))
    ]


def _picture(shown: Shown, now: datetime) -> Picture:
    file = shown.file
    return Picture(
        key=file.public_id,
        side=shown.party.value,
        owner=str(shown.party.label),
        thumb=shown.href(Variant.SMALL, now),
        view=shown.href(Variant.VIEW, now),
        caption=f"{shown.evidence_type.label} · {file.name}",
        at=shown.at,
        facts=facts(file),
    )


def facts(file: StoredFile) -> tuple[str, ...]:
    """What the camera wrote, in words for staff."""
    told = [f"{file.width} × {file.height}"]
    if taken := file.facts.get("taken_at"):
        at = formats.date_format(datetime.fromisoformat(taken), "DATETIME_FORMAT")
        told.append(_("taken %s by the camera's clock") % at)
    if camera := file.facts.get("camera"):
        told.append(camera)
    if software := file.facts.get("software"):
        told.append(_("written by %s") % software)
    if countries := file.facts.get("countries"):
        told.append(_("place, as the camera says: %s") % _one_of(countries))
    elif file.facts.get("gps"):
        told.append(_("tells where it was taken (in the original)"))
    return tuple(told)


def _one_of(countries: list[str]) -> str:
    """ "Belgium or France", in the reader's language."""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    return _(" or ").join(str(names.get(code, code)) for code in countries)
