"""Let a program in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from backoffice.accounts.enums import Scope
from backoffice.audit.management.said import said
from backoffice.audit.service.access import create_client


class Command(BaseCommand):
    help = "Make an API client and print its key, which is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the client is called, once only")
        parser.add_argument(
            "--scope", action="append", required=True, choices=Scope.values, help="repeatable"
        )
        parser.add_argument("--seller", default="", help="the one seller it acts for, if any")

    def handle(self, *args: Any, **options: Any) -> None:
        with said():
            _, key = create_client(
                options["name"], options["scope"], timezone.now(), options["seller"]
            )
        self.stdout.write(key)
