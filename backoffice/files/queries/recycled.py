"""Photos that were used before: a reason to ask, never to decide.

A match says that two uploads show the same picture. It does not say who made it, or that anybody
deceives: two people photograph one poster, and a seller packs every order under one lamp.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from backoffice.files.fingerprints.glimpse import Glimpse, opened
from backoffice.files.fingerprints.likeness import LIKE, likeness
from backoffice.files.fingerprints.marks import UPRIGHT, Ask, Mark, asks, distance, framed, near
from backoffice.files.models import PhotoGlimpse, StoredFile
from backoffice.files.queries.banded import near_rows

# Of all whose marks are near, so many are fetched, and so many looked at closely, nearest first:
# a search stays within bounds whatever people upload.
FETCHED, LOOKED_AT = 200, 60
PLACEMENTS = 3  # ways to lay one photo over another that are tried
CERTAIN = 0.9


class Copy(StrEnum):
    """How one file is a copy of another."""

    EXACT = "EXACT"  # the same bytes
    SAME = "SAME"  # the same picture: re-compressed, resized, brightened, bordered, cropped
    TURNED = "TURNED"  # and turned by 90, 180 or 270 degrees
    MIRRORED = "MIRRORED"  # and mirrored, turned or not


@dataclass(frozen=True, slots=True)
class Match:
    """`file` shows what `other`, or the photo of the listing at that address, showed before.

    `distance` is in how many of 63 bits their marks differ, `likeness` (at most 1) how well their
    details agree. An exact copy has 0 and 1.
    """

    file: StoredFile
    other: StoredFile | None
    listing: str
    copy: Copy
    distance: int
    likeness: float


@dataclass(frozen=True, slots=True)
class _Placement:
    """A way to lay one photo over another: a frame of each, and how the first is turned."""

    apart: tuple[int, int]
    ask: Ask
    mark: Mark


def matches(file_ids: Collection[int]) -> list[Match]:
    """What these files show that was shown before or since, in any case or listing.

    Left out is what the same party gave to the same subject: whoever uploads a photo twice is only
    being careful. Six queries, however many files. Ordered by file, the surest first.
    """
    files = {file.pk: file for file in StoredFile.objects.filter(pk__in=file_ids)}
    found = _exact(files)
    for match in _pictures(files):
        found.setdefault(_pair(match), match)
    return sorted(found.values(), key=lambda m: (m.file.pk, m.copy != Copy.EXACT, -m.likeness))


def _pair(match: Match) -> tuple[int, int | None, str]:
    return match.file.pk, match.other.pk if match.other else None, match.listing


def _of_one_hand(one: StoredFile, other: StoredFile | None) -> bool:
    """Whether both are one file, or one party's for one subject."""
    return other is not None and all(
        getattr(one, name) == getattr(other, name)
        for name in ("subject", "uploader_kind", "uploader_ref")
    )


def _exact(files: dict[int, StoredFile]) -> dict[tuple[int, int | None, str], Match]:
    """Files of the same bytes."""
    by_hash: dict[str, list[StoredFile]] = defaultdict(list)
    for file in files.values():
        by_hash[file.sha256].append(file)
    same = StoredFile.objects.filter(sha256__in=by_hash)
    pairs = ((file, other) for other in same for file in by_hash[other.sha256])
    found = [
        Match(file, other, "", Copy.EXACT, 0, 1.0)
        for file, other in pairs
        if not _of_one_hand(file, other)
    ]
    return {_pair(match): match for match in found}


def _pictures(files: dict[int, StoredFile]) -> Iterator[Match]:
    """Photos that show the same picture."""
    mine = PhotoGlimpse.objects.filter(file__in=list(files)).select_related("file")
    asked = {photo.pk: photo for photo in mine.prefetch_related("hashes")}
    own = {
        pk: [Mark(h.frame, h.bits, h.weak) for h in photo.hashes.all()]
        for pk, photo in asked.items()
    }
    placements = _placements(own)
    nearest = sorted(placements, key=lambda pair: placements[pair][0].apart)
    others = _fetched({other for _, other in nearest[: FETCHED * len(asked)]} - asked.keys())
    others |= asked
    for pk, photo in asked.items():
        file = files[photo.file_id or 0]
        pairs = (pair for pair in nearest if pair[0] == pk and pair[1] in others)
        worth = (p for p in pairs if not _of_one_hand(file, others[p[1]].file))
        for pair in islice(worth, LOOKED_AT):
            match = _looked_at(file, photo, others[pair[1]], placements[pair])
            if match:
                yield match


def _fetched(pks: Collection[int]) -> dict[int, PhotoGlimpse]:
    """Glimpses with their files."""
    rows = PhotoGlimpse.objects.filter(pk__in=pks).select_related("file")
    return {row.pk: row for row in rows}


def _placements(own: dict[int, list[Mark]]) -> dict[tuple[int, int], list[_Placement]]:
    """For each asked photo and each other one near it: how one lies over the other, best first."""
    asked: dict[tuple[int, int], list[tuple[int, Ask]]] = defaultdict(list)
    for pk, marks in own.items():
        for ask in asks(marks):
            for band_and_key in ask.keys():  # noqa: SIM118 - no dictionary
                asked[band_and_key].append((pk, ask))
    found: dict[tuple[int, int], set[tuple[tuple[int, int], Ask, Mark]]] = defaultdict(set)
    for band_and_key, other, mark in near_rows(asked):
        for pk, ask in asked[band_and_key]:
            apart = distance(ask.mark, mark)
            if pk != other and near(apart):
                found[pk, other].add((apart, ask, mark))
    return {
        pair: [_Placement(*p) for p in sorted(ways)[:PLACEMENTS]] for pair, ways in found.items()
    }


def _looked_at(
    file: StoredFile, photo: PhotoGlimpse, other: PhotoGlimpse, placements: Sequence[_Placement]
) -> Match | None:
    """The match, if the photos look the same where their marks are near."""
    mine, theirs = opened(photo.kept), opened(other.kept)
    best, way = 0.0, placements[0]
    for placement in placements:
        alike = _likeness(mine, theirs, placement)
        if alike > best:
            best, way = alike, placement
        if best >= CERTAIN:
            break
    if best < LIKE:
        return None
    return Match(file, other.file, other.listing, _copy(way), way.apart[1], round(best, 3))


def _likeness(mine: list[Glimpse], theirs: list[Glimpse], way: _Placement) -> float:
    laid = framed(mine, way.ask.mark.frame, way.ask.turn)
    return likeness(laid, framed(theirs, way.mark.frame))


def _copy(way: _Placement) -> Copy:
    if way.ask.turn == UPRIGHT:
        return Copy.SAME
    return Copy.MIRRORED if way.ask.turn.mirrors else Copy.TURNED
