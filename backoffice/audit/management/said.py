"""A refusal, as a command says it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from backoffice.common.errors import DomainError


@contextmanager
def said() -> Iterator[None]:
    """Turn a DomainError into a CommandError with the same words."""
    try:
        yield
    except DomainError as exc:
        raise CommandError(exc.message) from exc
