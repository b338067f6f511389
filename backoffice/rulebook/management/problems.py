"""What the rulebook commands share: reading a file, showing its problems."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import CommandError, OutputWrapper
from rich.console import Console
from rich.table import Table

from backoffice.rulebook.engine.document import parse_toml
from backoffice.rulebook.engine.problems import RulebookError


def read_document(path: str) -> dict[str, Any]:
    """The document in the TOML file at `path`. Raises CommandError or RulebookError."""
    try:
        return parse_toml(Path(path).read_bytes())
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from error


def print_problems(error: RulebookError, out: OutputWrapper) -> None:
    """The problems as a table: which table, which row (from 1), what and how to mend it."""
    table = Table("Table", "Row", "Problem")
    for problem in error.problems:
        row = str(problem.row) if problem.row else "–"
        table.add_row(problem.table or "–", row, problem.message)
    Console(file=cast(IO[str], out), highlight=False, markup=False).print(table)


def refused(error: RulebookError) -> CommandError:
    """The command's end: exit status 1."""
    count = len(error.problems)
    return CommandError(f"{count} problem{'' if count == 1 else 's'}: mend and try again.")
