"""Check a rulebook written in TOML."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from backoffice.rulebook.engine.problems import RulebookError
from backoffice.rulebook.management.problems import print_problems, read_document, refused
from backoffice.rulebook.schemas import load


class Command(BaseCommand):
    help = (
        "Check a rulebook file; print every problem by table and row, and exit 1 if there is one."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The rulebook, in TOML (docs/rulebook.md).")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            book = load(read_document(options["file"]), 1)
        except RulebookError as error:
            print_problems(error, self.stdout)
            raise refused(error) from error
        rows = sum(len(table.rows) for table in book.tables.values())
        self.stdout.write(f"{book.name}: {len(book.tables)} tables, {rows} rows, no problems.")
