"""Publish a rulebook written in TOML."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backoffice.common.actors import SYSTEM
from backoffice.common.errors import DomainError
from backoffice.rulebook.default import default_document
from backoffice.rulebook.engine.problems import RulebookError
from backoffice.rulebook.management.problems import print_problems, read_document, refused
from backoffice.rulebook.service import publish_document


class Command(BaseCommand):
    help = "Publish a rulebook file as the next version, in force from a given time on."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("file", nargs="?", help="The rulebook, in TOML (docs/rulebook.md).")
        which.add_argument("--default", action="store_true", help="The rulebook that ships.")
        parser.add_argument(
            "--effective-from",
            metavar="ISO",
            help="When it comes into force, such as 2027-01-01T00:00:00Z; now, if left out.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        written = options["effective_from"]
        effective_from = _moment(written) if written else now
        try:
            document = default_document() if options["default"] else read_document(options["file"])
            version = publish_document(document, effective_from, SYSTEM, now)
        except RulebookError as error:
            print_problems(error, self.stdout)
            raise refused(error) from error
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            f"Published version {version.number}, {version.name}, in force from"
            f" {effective_from.isoformat()}."
        )


def _moment(written: str) -> datetime:
    try:
        return datetime.fromisoformat(written)
    except ValueError as error:
        raise CommandError(
            f"--effective-from {written!r} is no ISO time such as 2027-01-01T00:00:00Z."
        ) from error
