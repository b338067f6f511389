"""What must add up: every file's row tells the same original as its chain."""

from __future__ import annotations

from collections.abc import Iterator

from backoffice.audit.service import register_reconciliation
from backoffice.files.queries.sealed import broken_seals


def files() -> Iterator[str]:
    """One sentence for each file whose row and chain differ, or that has no chain."""
    for public_id in broken_seals():
        yield f"file {public_id}: its row is not what its chain says was stored"


register_reconciliation("files", files)
