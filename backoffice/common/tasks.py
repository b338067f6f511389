"""Celery's doors onto the sweeps."""

from celery import shared_task
from django.utils import timezone

from backoffice.common import sweeps


@shared_task(name="common.forget_answers")
def forget_answers() -> None:
    """Delete answers kept for `Idempotency-Key` after 30 days."""
    sweeps.forget_answers(timezone.now())
