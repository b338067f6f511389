"""Reading chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from backoffice.audit import catalogue
from backoffice.audit.models import Event
from backoffice.common.actors import ActorKind

# Ids named in one statement; SQLite takes up to 32,766.
IDS = 5_000


def heads_of(subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    """The length and last hash of each subject's chain; subjects without events are absent."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, ref in subjects:
        by_kind[kind].append(ref)
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    for kind, refs in by_kind.items():
        for start in range(0, len(refs), IDS):
            rows = _last_events(kind, refs[start : start + IDS])
            for ref, seq, digest in rows.values_list("subject_id", "seq", "hash"):
                heads[kind, ref] = (seq, digest)
    return heads


def _last_events(kind: str, refs: list[str]) -> QuerySet[Event]:
    """Events that no event follows."""
    following = Event.objects.filter(
        subject_kind=OuterRef("subject_kind"),
        subject_id=OuterRef("subject_id"),
        seq__gt=OuterRef("seq"),
    )
    return Event.objects.filter(~Exists(following), subject_kind=kind, subject_id__in=refs)


def chain(subject_kind: str, subject_id: str) -> QuerySet[Event]:
    """One subject's events in order."""
    return Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("seq")


def of_subject_id(events: QuerySet[Event], subject_id: str) -> QuerySet[Event]:
    """Events of the subject called `subject_id`, whatever its kind."""
    # Named one by one, the kinds let the index of the chains (kind, id, seq) be used.
    kinds = {action.name.partition(".")[0] for action in catalogue.actions()}
    return events.filter(subject_kind__in=sorted(kinds), subject_id=subject_id)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline, as its reader may see it."""

    seq: int
    at: datetime
    action: str
    actor_kind: ActorKind
    actor: str
    sentence: str


def timeline(subject_kind: str, subject_id: str, reader: ActorKind) -> list[Entry]:
    """What happened to a subject, oldest first, as far as `reader` may see it."""
    visible = [action.name for action in catalogue.actions() if action.seen_by(reader)]
    return [
        Entry(
            event.seq,
            event.at,
            event.action,
            ActorKind(event.actor_kind),
            catalogue.actor_name(event.actor, reader),
            catalogue.sentence(event.action, event.actor, event.data, reader),
        )
        for event in chain(subject_kind, subject_id).filter(action__in=visible)
    ]
