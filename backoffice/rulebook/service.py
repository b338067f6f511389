"""Drafting and publishing rulebooks: the only writer of versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from backoffice.audit.service import NewEvent, append
from backoffice.common.actors import Actor, ActorKind
from backoffice.common.errors import NotFound
from backoffice.rulebook import verbs
from backoffice.rulebook.models import RulebookVersion
from backoffice.rulebook.queries import published

SUBJECT_KIND = "rulebook"


@transaction.atomic
def draft(document: Mapping[str, Any], actor: Actor, now: datetime) -> RulebookVersion:
    """A new draft of `document` (which may have problems), with the next number."""
    verbs.permit(actor, verbs.DRAFT)
    _queue()
    last = RulebookVersion.objects.aggregate(last=Max("number"))["last"] or 0
    content = verbs.content(document)
    version = RulebookVersion.objects.create(number=last + 1, **asdict(content))
    _tell(version, "rulebook.drafted", actor, now)
    return version


@transaction.atomic
def edit(
    number: int,
    document: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    seen: str | None = None,
) -> RulebookVersion:
    """Put `document` in place of a draft's.

    `seen` is the SHA-256 of the document the editor started from, if known. Raises Refused once
    the version is published, or when somebody else has edited it since.
    """
    verbs.permit(actor, verbs.DRAFT)
    version = _locked(number)
    verbs.refuse_published(version.published_at)
    verbs.refuse_stale(version.sha256, seen)
    content = verbs.content(document)
    if content.sha256 == version.sha256:
        return version
    for field, value in asdict(content).items():
        setattr(version, field, value)
    version.save()
    _tell(version, "rulebook.edited", actor, now)
    return version


@transaction.atomic
def publish(
    number: int,
    effective_from: datetime,
    actor: Actor,
    now: datetime,
    seen: str | None = None,
) -> RulebookVersion:
    """Bring a draft into force at `effective_from`, for good.

    `seen` is the SHA-256 of the document the publisher saw, if known. Raises RulebookError with
    every problem of the document, and Refused when it has been edited since it was seen, is
    published already, or comes into force in the past or before another.
    """
    _queue()
    version = _locked(number)
    verbs.refuse_published(version.published_at)
    verbs.refuse_stale(version.sha256, seen)
    latest = published().aggregate(latest=Max("effective_from"))["latest"]
    verbs.publish(version.document, number, actor, effective_from, latest, now)
    version.effective_from = effective_from
    version.published_at = now
    version.published_by_id = int(actor.ref) if actor.kind is ActorKind.STAFF else None
    version.save()
    _tell(version, "rulebook.published", actor, now, effective_from=effective_from)
    return version


@transaction.atomic
def publish_document(
    document: Mapping[str, Any], effective_from: datetime, actor: Actor, now: datetime
) -> RulebookVersion:
    """Draft and publish in one step."""
    return publish(draft(document, actor, now).number, effective_from, actor, now)


def _queue() -> None:
    """Drafting and publishing go one at a time, behind the first version's row."""
    RulebookVersion.objects.select_for_update().order_by("number").first()


def _locked(number: int) -> RulebookVersion:
    version = RulebookVersion.objects.select_for_update().filter(number=number).first()
    if version is None:
        raise NotFound(_("There is no rulebook version %d.") % number)
    return version


def _tell(
    version: RulebookVersion, action: str, actor: Actor, now: datetime, **more: datetime
) -> None:
    data = {"number": version.number, "name": version.name, "sha256": version.sha256, **more}
    append([NewEvent(SUBJECT_KIND, str(version.number), action, actor, now, data)])
