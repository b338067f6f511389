"""Redress: the buyer-protection back office of a marketplace."""

from backoffice.celery import app as celery_app

__all__ = ["celery_app"]
