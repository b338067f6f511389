"""The tables of docs/ that follow from the code: `make docs` writes them, a test compares them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tests.architecture.house import ROOT, our_apps


@dataclass(frozen=True)
class Table:
    """The table under a heading of docs/`page`: its head stands there, `rows` makes the rest."""

    page: str
    heading: str
    rows: Callable[[], Iterator[str]]

    @property
    def path(self) -> Path:
        return ROOT / "docs" / self.page

    def written(self) -> list[str]:
        """The rows as the page has them now."""
        return [line for line in self._section().splitlines() if line.startswith("| `")]

    def write(self) -> None:
        """Put the rows in the page, where the table's head ends."""
        old = self._section()
        kept = [line for line in old.splitlines() if not line.startswith("| `")]
        head = next(i for i, line in enumerate(kept) if line.startswith("|---"))
        new = "\n".join([*kept[: head + 1], *self.rows(), *kept[head + 1 :]]) + "\n"
        self.path.write_text(self.path.read_text().replace(old, new))

    def _section(self) -> str:
        found = re.search(
            rf"^## {self.heading}\n.*?(?=^## |\Z)", self.path.read_text(), re.M | re.S
        )
        assert found, f"docs/{self.page} needs a heading '## {self.heading}' with a table"
        return found.group()


def _settings() -> Iterator[str]:
    from backoffice.settings import Settings

    for name, field in Settings.model_fields.items():
        assert field.description, f"describe {name}: Field(..., description=...)"
        yield _row(name.upper(), _default(field.default), field.description)


def _default(value: object) -> str:
    if isinstance(value, Path):
        return f"`{value.relative_to(settings.BASE_DIR)}`"
    return f"`{value}`" if value not in (None, "", []) else ""


def _commands() -> Iterator[str]:
    ours = {app.name for app in our_apps()}
    for name, app in sorted(get_commands().items()):
        if app in ours:
            text = load_command_class(app, name).help
            assert text, f"give the command {name} a help"
            yield _row(name, text)


def _periodic_tasks() -> Iterator[str]:
    from backoffice.celery import app

    app.loader.import_default_modules()
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        assert entry["task"] in app.tasks, f"no task is called {entry['task']}"
        text = inspect.getdoc(app.tasks[entry["task"]])
        assert text, f"give the task {entry['task']} a docstring"
        yield _row(name, f"{entry['schedule']:g} s", text.partition("\n")[0])


def _actions() -> Iterator[str]:
    from backoffice.audit.catalogue import actions

    for action in actions():
        readers = ["staff", *sorted(kind.lower() for kind in action.parties)]
        yield _row(action.name, ", ".join(readers), str(action.sentence))


def _row(name: str, *cells: str) -> str:
    return " | ".join([f"| `{name}`", *cells]) + " |"


TABLES = [
    Table("settings.md", "Variables", _settings),
    Table("operators.md", "Commands", _commands),
    Table("operators.md", "Periodic tasks", _periodic_tasks),
    Table("audit.md", "Actions", _actions),
]

if __name__ == "__main__":
    django.setup()
    for table in TABLES:
        table.write()
