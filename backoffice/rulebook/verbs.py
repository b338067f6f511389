"""What may be done with a version, decided without the database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from backoffice.common.actors import Actor, ActorKind
from backoffice.common.canonical import canonical_json
from backoffice.common.errors import Forbidden, Invalid, Refused
from backoffice.rulebook.schemas import load

DRAFT = "rulebook.draft_rulebookversion"
PUBLISH = "rulebook.publish_rulebookversion"
UNTITLED = "Untitled"


@dataclass(frozen=True, slots=True)
class Content:
    """What a version holds, as its row keeps it."""

    name: str
    document: Mapping[str, Any]
    sha256: str


def content(document: Mapping[str, Any]) -> Content:
    """`document`, named and sealed. A draft may have problems; its name may be one of them."""
    name = document.get("name")
    titled = isinstance(name, str) and 0 < len(name) <= 200
    digest = hashlib.sha256(canonical_json(document)).hexdigest()
    return Content(str(name) if titled else UNTITLED, document, digest)


def permit(actor: Actor, permission: str) -> None:
    """Raises Forbidden unless the machine itself or a member of staff with `permission` acts."""
    if actor.kind is ActorKind.SYSTEM:
        return
    if actor.kind is not ActorKind.STAFF or permission not in actor.permissions:
        raise Forbidden(_("Only a policy manager may draft and publish rulebooks."))


def refuse_published(published_at: datetime | None) -> None:
    """Raises Refused for a version that is published: it never changes again."""
    if published_at:
        raise Refused(
            _("A published version never changes; draft a copy of it and publish that."),
            code="rulebook_published",
        )


def refuse_stale(sha256: str, seen: str | None) -> None:
    """Raises Refused when the draft is no longer what its reader saw."""
    if seen not in (None, sha256):
        raise Refused(
            _("Somebody has edited this draft since you opened it; open it again."),
            code="stale_draft",
        )


def publish(
    document: Mapping[str, Any],
    number: int,
    actor: Actor,
    effective_from: datetime,
    latest: datetime | None,
    now: datetime,
) -> None:
    """Whether version `number` may come into force at `effective_from`.

    `latest` is when the last published version does (None: there is none, and any date will do).
    Raises RulebookError with every problem of the document, Invalid or Refused for the date.
    """
    permit(actor, PUBLISH)
    if effective_from.tzinfo is None:
        raise Invalid(
            _("The date has no time zone; write it like 2027-01-01T00:00:00Z."),
            field="effective_from",
        )
    load(document, number)
    if latest is None:
        return
    if effective_from < now:
        raise _refused(
            _(
                "effective_from lies in the past; choose now or later: nobody is judged by"
                " later rules."
            )
        )
    if effective_from <= latest:
        raise _refused(
            _("effective_from must be after %s, when the last published version comes into force.")
            % latest.isoformat()
        )


def _refused(message: str) -> Refused:
    return Refused(message, code="effective_date", field="effective_from")
