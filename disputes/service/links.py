"""Signed, expiring links to the hosted page: who holds one is that side of that case.

A link is its own proof: nothing is stored. It ends at its time, or when `SECRET_KEY` is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils.translation import gettext as _

from backoffice.common.actors import ActorKind
from backoffice.common.errors import Invalid, NotFound
from disputes.models import Case

LONGEST = timedelta(days=60)
USUAL = timedelta(days=30)
SIDES = (ActorKind.BUYER, ActorKind.SELLER)
_SIGNER = signing.Signer(salt="disputes.hosted")


class LinkOver(NotFound):
    """The link's time is over; the marketplace makes a new one."""

    code = "link_expired"


@dataclass(frozen=True, slots=True)
class Link:
    """Which case, for which side, until when."""

    public_id: str
    side: ActorKind
    expires_at: datetime


def usual_end(public_id: str, now: datetime) -> datetime:
    """Until when a link lasts if nobody says: until the present deadline, but LONGEST at most."""
    due_at = Case.objects.values_list("due_at", flat=True).get(public_id=public_id)
    return min(max(now + USUAL, due_at or now), now + LONGEST)


def sign(link: Link, now: datetime) -> str:
    """The link's token. Raises Invalid for one that would be over already, or last too long."""
    if not now < link.expires_at <= now + LONGEST:
        raise Invalid(
            _("A link lasts until a time from now on, and at most %d days.") % LONGEST.days,
            code="link_too_long",
            field="expires_at",
        )
    return _SIGNER.sign_object(
        [link.public_id, link.side.value, int(link.expires_at.timestamp())], compress=True
    )


def read(token: str, now: datetime) -> Link:
    """The link that `token` was made of. Raises NotFound for a forged one, LinkOver for an old."""
    try:
        public_id, side, expires = _SIGNER.unsign_object(token)
        link = Link(public_id, ActorKind(side), datetime.fromtimestamp(expires, UTC))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound("There is no such link.", code="link_unknown") from error
    if link.expires_at <= now:
        raise LinkOver(_("This link's time is over. Ask the marketplace for a new one."))
    return link
