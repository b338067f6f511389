"""Celery's doors onto the sweeps."""

from celery import shared_task
from django.utils import timezone

from backoffice.files.service import uploads


@shared_task(name="files.clear_uploads")
def clear_uploads() -> None:
    """Delete the bytes of announced uploads that are over; stored files are never deleted."""
    while uploads.clear_away(timezone.now()):
        pass
