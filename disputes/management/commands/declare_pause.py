"""Let clocks stand still."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from backoffice.audit.management.said import said
from backoffice.common.actors import SYSTEM
from disputes.management.commands.sweep import moment
from disputes.service.pauses import declare_pause


class Command(BaseCommand):
    help = "Let the sides' clocks stand still: a carrier's strike, a holiday, our own outage."

    def add_arguments(self, parser: CommandParser) -> None:
        told: dict[str, Any] = {"type": moment, "required": True, "metavar": "TIME"}
        parser.add_argument("--from", dest="starts_at", help="such as 2026-01-31T18:00Z", **told)
        parser.add_argument("--until", dest="ends_at", help="when the clocks go on", **told)
        parser.add_argument("--why", required=True, help="what the sides are told")
        parser.add_argument("--carrier", default="", help="only of this carrier's parcels")

    def handle(self, *args: Any, **options: Any) -> None:
        starts_at: datetime = options["starts_at"]
        with said():
            declare_pause(
                starts_at,
                options["ends_at"],
                options["why"],
                SYSTEM,
                timezone.now(),
                options["carrier"],
            )
        self.stdout.write("Declared. The next sweep moves the deadlines.")
