"""Write the staff roles into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from backoffice.accounts.service.roles import sync_roles


class Command(BaseCommand):
    help = "Make the staff roles' groups hold exactly the permissions that accounts/service/roles.py lists."

    def handle(self, *args: Any, **options: Any) -> None:
        for role, count in sync_roles().items():
            self.stdout.write(f"{role}: {count} permissions")
