"""Reading rulebooks: which version is in force, and each version compiled once per process."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backoffice.common.errors import NotFound, Refused
from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.models import RulebookVersion
from backoffice.rulebook.schemas import SCHEMAS


@dataclass(frozen=True, slots=True)
class Schedule:
    """When each published version came, or will come, into force; ascending."""

    starts: tuple[datetime, ...]
    numbers: tuple[int, ...]

    def number_at(self, at: datetime) -> int:
        """The version in force at `at`. Raises Refused when none was."""
        position = bisect_right(self.starts, at)
        if not position:
            raise Refused(
                _(
                    "No rulebook is in force at %s; publish one that is effective from then or"
                    " earlier."
                )
                % at.isoformat(),
                code="no_rulebook_in_force",
            )
        return self.numbers[position - 1]


def schedule() -> Schedule:
    """The schedule as it is now: one query, for callers with many moments to look up."""
    rows = list(published().order_by("effective_from").values_list("effective_from", "number"))
    starts = tuple(start for start, _ in rows if start)  # a constraint: no published one lacks it
    return Schedule(starts, tuple(number for _, number in rows))


def version_in_force(at: datetime) -> int:
    """The number of the version in force at `at` (one query). Raises Refused when none was."""
    return schedule().number_at(at)


def book_in_force(at: datetime) -> Rulebook:
    """The rulebook in force at `at` (one query). Raises Refused when none was."""
    return book(version_in_force(at))


@lru_cache(maxsize=64)
def book(number: int) -> Rulebook:
    """A published version, compiled; kept in the process, for it never changes.

    Raises NotFound for a number that is not a published version's.
    """
    return load_published(version_row(number).document, number)


def load_published(document: Mapping[str, Any], number: int) -> Rulebook:
    """A document that was complete when published, without the tables and pairings since."""
    written = {table["name"] for table in document["tables"]}
    known = {name: schema for name, schema in SCHEMAS.items() if name in written}
    schemas = {name: replace(schema, pairing=None) for name, schema in known.items()}
    return Rulebook.load(document, number, schemas)


def published() -> QuerySet[RulebookVersion]:
    """The published versions, drafts left out."""
    return RulebookVersion.objects.filter(published_at__isnull=False)


def version_row(number: int) -> RulebookVersion:
    """The row of a published version. Raises NotFound."""
    row = published().filter(number=number).first()
    if row is None:
        raise NotFound(_("There is no published rulebook version %d.") % number)
    return row
