"""Photos of a case that were shown elsewhere: a reason to ask, never to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile
from backoffice.files.queries import address
from backoffice.files.queries.recycled import Copy, Match, matches
from disputes.admin.doors import Admin, render
from disputes.admin.pictures import LISTING
from disputes.admin.viewer import Picture
from disputes.models import Case
from disputes.queries.detail import case_detail
from disputes.queries.photos import may_show, sides_photos

MOST = 20
WORDS = {
    Copy.EXACT: gettext_noop("the very same file"),
    Copy.SAME: gettext_noop("the same picture"),
    Copy.TURNED: gettext_noop("the same picture, turned"),
    Copy.MIRRORED: gettext_noop("the same picture, mirrored"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A photo of this case and where it was shown before or since: a case, or a listing."""

    mine: Picture
    other: Picture | None
    case: str
    listing: str
    words: str


def elsewhere(admin: Admin, request: HttpRequest, public_id: str) -> HttpResponse:
    """What the photos in evidence show that was shown elsewhere; a part of the page for htmx."""
    case, now = case_detail(public_id).case, timezone.now()
    photos, hosts = sides_photos(case.pk), {request.get_host(), *settings.PHOTO_HOSTS}
    found = [match for match in matches(list(photos)) if _elsewhere(match, public_id)][:MOST]
    cases = _cases(found)
    pairs = [_pair(match, str(photos[match.file.pk].label), cases, hosts, now) for match in found]
    in_part = "HX-Request" in request.headers
    template = "case/elsewhere.html" if in_part else "elsewhere.html"
    return render(
        admin,
        request,
        template,
        title=_("Photos seen elsewhere"),
        case=case,
        pairs=pairs,
        in_part=in_part,
    )


def _elsewhere(match: Match, public_id: str) -> bool:
    """The listing of what was bought may well be shown in its own case."""
    return match.other is None or match.other.subject != public_id


def _cases(found: list[Match]) -> set[str]:
    refs = {match.other.subject for match in found if match.other}
    return set(Case.objects.filter(public_id__in=refs).values_list("public_id", flat=True))


def _pair(match: Match, owner: str, cases: set[str], hosts: set[str], now: datetime) -> Pair:
    other = match.other
    subject = other.subject if other else ""
    beside = _picture(other, subject, now) if other else _of_listing(match.listing, hosts)
    return Pair(
        _picture(match.file, owner, now),
        beside,
        subject if subject in cases else "",
        match.listing,
        _(WORDS[match.copy]),
    )


def _of_listing(address: str, hosts: set[str]) -> Picture | None:
    """What a listing shows, where our pages may show it."""
    if not may_show(address, hosts):
        return None
    owner = _("As it was sold")
    return Picture(f"elsewhere-{address}", LISTING, owner, address, address, address)


def _picture(file: StoredFile, owner: str, now: datetime) -> Picture:
    return Picture(
        key=f"elsewhere-{file.public_id}",
        side="",
        owner=owner,
        thumb=address(file, Variant.SMALL, now).href,
        view=address(file, Variant.VIEW, now).href,
        caption=file.name,
        at=file.at,
    )
