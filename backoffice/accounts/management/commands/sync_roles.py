"""Write the staff roles into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from backoffice.accounts.service.roles import sync_roles


class Command(BaseCommand):
    help = "Make the groups of the staff roles hold exactly the permissions they are to hold."

    def handle(self, *args: Any, **options: Any) -> None:
        for role, count in sync_roles().items():
            self.stdout.write(f"{role}: {count} permissions")
