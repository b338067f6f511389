"""The reconciliation sweep: reports what dangles. Always nothing, and alarmed if not."""

from __future__ import annotations

from datetime import datetime

import structlog

from disputes.queries.loose_ends import loose_ends

log = structlog.get_logger()


def report_loose_ends(now: datetime) -> dict[str, list[str]]:
    """Log an error for each kind of loose end and return them all."""
    found = {kind: refs for kind, refs in loose_ends(now).items() if refs}
    for kind, refs in found.items():
        log.error("reconcile.loose_end", kind=kind, first=refs)
    return found
