"""Replace a program's key."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backoffice.accounts.models import ApiClient
from backoffice.audit.management.said import said
from backoffice.audit.service.access import rotate_key


class Command(BaseCommand):
    help = "Print a new key for an API client; its old ones end after --overlap-hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the client's name")
        parser.add_argument(
            "--overlap-hours", type=int, default=24, help="how long the old keys still work"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        client = ApiClient.objects.filter(name=options["name"]).first()
        if client is None:
            names = ", ".join(ApiClient.objects.values_list("name", flat=True)) or "none"
            raise CommandError(f"There is no client {options['name']!r}; there are: {names}.")
        with said():
            overlap = timedelta(hours=options["overlap_hours"])
            self.stdout.write(rotate_key(client, overlap, timezone.now()))
