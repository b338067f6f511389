"""The hash chain: how an event's hash is computed. docs/audit.md states it for verifiers."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from backoffice.common.canonical import canonical_json

GENESIS = "0" * 64


def event_hash(
    subject_kind: str,
    subject_id: str,
    seq: int,
    action: str,
    actor: dict[str, str],
    at: datetime,
    data: dict[str, Any],
    previous_hash: str,
) -> str:
    """SHA-256 (hex) of the event's canonical JSON array, previous hash last."""
    # In UTC, as it is read back: the same moment must not have two hashes.
    moment = at.astimezone(UTC)
    row = [subject_kind, subject_id, seq, action, actor, moment, data, previous_hash]
    return hashlib.sha256(canonical_json(row)).hexdigest()
