"""Reading chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from backoffice.audit.models import Event


def heads_of(subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    """The length and last hash of each subject's chain; subjects without events are absent."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, ref in subjects:
        by_kind[kind].append(ref)
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    for kind, refs in by_kind.items():
        rows = Event.objects.filter(subject_kind=kind, subject_id__in=refs).order_by("seq")
        for ref, seq, digest in rows.values_list("subject_id", "seq", "hash"):
            heads[kind, ref] = (seq, digest)
    return heads


def chain(subject_kind: str, subject_id: str) -> QuerySet[Event]:
    """One subject's events in order."""
    return Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("seq")
