"""What the clock starts on this floor."""

from __future__ import annotations

from datetime import datetime, timedelta

from backoffice.common.models import IdempotentAnswer

# A client that retries does so within hours; a month is far beyond, and keeps the table small.
ANSWERS_KEPT = timedelta(days=30)
BATCH = 5_000


def forget_answers(now: datetime) -> int:
    """Delete idempotent answers older than 30 days, in batches; the answer is how many."""
    old = IdempotentAnswer.objects.filter(created_at__lt=now - ANSWERS_KEPT)
    forgotten = 0
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        forgotten += IdempotentAnswer.objects.filter(pk__in=ids).delete()[0]
    return forgotten
