"""Writing to the outbox: always inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backoffice.common.bulk import append
from backoffice.common.canonical import canonical_json
from backoffice.outbox.models import Message

COLUMNS = ("topic", "subject_kind", "subject_id", "data", "created_at", "dedupe_key")


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be told; `dedupe_key` names the one thing it tells (unique for ever)."""

    topic: str
    subject_kind: str
    subject_id: str
    data: dict[str, Any]
    dedupe_key: str


def enqueue(messages: Sequence[NewMessage], now: datetime) -> None:
    """Append `messages` in the caller's transaction."""
    append(
        Message,
        COLUMNS,
        (
            (
                m.topic,
                m.subject_kind,
                m.subject_id,
                canonical_json(m.data).decode(),
                now,
                m.dedupe_key,
            )
            for m in messages
        ),
    )
