"""Append-only tables, held by the database: triggers that refuse UPDATE and DELETE.

A migration calls `append_only("audit_event")`; a table with one permitted step (a pending transfer
becoming posted or voided, a draft rulebook being edited) passes `update_unless`, the SQL condition
on OLD and NEW under which a change is allowed. Works alike on SQLite and PostgreSQL, which also
knows TRUNCATE: it is refused too.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "append-only"


@dataclass(frozen=True, slots=True)
class Guard:
    """What is refused on a table: `update_unless` and `delete_unless` are SQL or None (never)."""

    table: str
    update_unless: str | None = None
    delete_unless: str | None = None

    def create_sql(self, vendor: str) -> list[str]:
        """Statements that put the guard up on `vendor` ("sqlite" or "postgresql")."""
        make = self._postgresql if vendor == "postgresql" else self._sqlite
        guarded = [
            statement
            for verb, unless in (("UPDATE", self.update_unless), ("DELETE", self.delete_unless))
            for statement in make(verb, unless)
        ]
        return [*guarded, self._no_truncate()] if vendor == "postgresql" else guarded

    def drop_sql(self, vendor: str) -> list[str]:
        """Statements that take the guard down."""
        verbs = ["update", "delete", *(["truncate"] if vendor == "postgresql" else [])]
        names = [f"{self.table}_no_{verb}" for verb in verbs]
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in names]

    def _sqlite(self, verb: str, unless: str | None) -> list[str]:
        when = f"WHEN NOT ({unless}) " if unless else ""
        return [
            f"CREATE TRIGGER {self.table}_no_{verb.lower()} BEFORE {verb} ON {self.table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{self.table} is {REFUSAL}'); END"
        ]

    def _no_truncate(self) -> str:
        return (
            f"CREATE TRIGGER {self.table}_no_truncate BEFORE TRUNCATE ON {self.table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION redress_append_only()"
        )

    def _postgresql(self, verb: str, unless: str | None) -> list[str]:
        when = f"WHEN (NOT ({unless})) " if unless else ""
        return [
            "CREATE OR REPLACE FUNCTION redress_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f"CREATE TRIGGER {self.table}_no_{verb.lower()} BEFORE {verb} ON {self.table}"
            f" FOR EACH ROW {when}EXECUTE FUNCTION redress_append_only()",
        ]


def append_only(
    table: str, *, update_unless: str | None = None, delete_unless: str | None = None
) -> migrations.RunPython:
    """A migration operation that guards `table`; its reverse takes the guard down."""
    guard = Guard(table, update_unless, delete_unless)

    def put_up(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor.connection, guard.create_sql(editor.connection.vendor))

    def take_down(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        run(editor.connection, guard.drop_sql(editor.connection.vendor))

    return migrations.RunPython(put_up, take_down)


def guard_again(table: str) -> migrations.RunPython:
    """A migration operation that guards an append-only `table` anew after its columns changed.

    SQLite alters a table by making it anew, without its triggers.
    """
    guard = Guard(table)

    def put_up(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        run(editor.connection, [*guard.drop_sql(vendor), *guard.create_sql(vendor)])

    return migrations.RunPython(put_up, put_up)


def run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    """Execute `statements` in order on `connection`."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
