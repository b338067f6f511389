"""Django's `migrate`, which also brings the staff roles up to date."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS, connection

from backoffice.accounts.service import sync_roles


class Command(Migrate):
    help = "Bring the database up to date, and the staff roles with it."

    # Permissions come into being at the end of a migrate, so no migration can hand them out.
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"] or options["database"] != DEFAULT_DB_ALIAS:
            return
        if Group._meta.db_table in connection.introspection.table_names():
            sync_roles(missing_ok=True)
