"""The database as migrations left it, and the way back to it after a test that committed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


def take_snapshot(connection: BaseDatabaseWrapper) -> Callable[[], None]:
    """Remember every row; the answer is a function that brings them back."""
    return (_postgresql if connection.vendor == "postgresql" else _sqlite)(connection)


def _sqlite(connection: BaseDatabaseWrapper) -> Callable[[], None]:
    """The whole file, through SQLite's backup: rows, triggers and counters alike."""
    snapshot = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(snapshot)

    def restore() -> None:
        connection.close()
        target = sqlite3.connect(connection.settings_dict["NAME"], timeout=20)
        try:
            snapshot.backup(target)
        finally:
            target.close()

    return restore


def _postgresql(connection: BaseDatabaseWrapper) -> Callable[[], None]:
    """Every table's rows, by COPY; a replica's role fires no trigger and checks no foreign key."""
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    rows: dict[str, bytes] = {}
    with connection.cursor() as cursor:
        for table in tables:
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                rows[table] = b"".join(copy)

    def restore() -> None:
        connection.close()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in tables))
            for table, content in rows.items():
                if content:
                    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(content)
        connection.close()

    return restore
