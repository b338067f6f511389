"""Files that a party brings to a case, and where those who may see them find them."""

from __future__ import annotations

from collections.abc import Sequence

from backoffice.common.actors import Actor
from backoffice.files import queries as files
from backoffice.files.models import StoredFile


def brought(
    case_id: str, public_ids: Sequence[str], actor: Actor, field: str = "files"
) -> tuple[StoredFile, ...]:
    """The files of these ids, in that order, as far as `actor` uploaded them to the case.

    Raises Invalid (`unknown_file`) naming the first that is not: another case's, another side's.
    """
    if not public_ids:
        return ()
    return tuple(files.by_public_ids(case_id, public_ids, actor, field))
