"""Everything an operator or integrator meets is written down, word for word, and nothing else is.

A failure prints the row to add to the page, or the row to take out of it.
"""

from __future__ import annotations

import inspect
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands, load_command_class

from backoffice.settings import Settings
from tests.architecture.house import our_apps, rows


def check(page: str, heading: str, wanted: dict[str, str]) -> None:
    """Compare the table under `heading` of docs/`page` with `wanted`, row by row."""
    found = rows(page, heading)
    missing = [row for name, row in wanted.items() if found.get(name) != row]
    stale = [row for name, row in found.items() if name not in wanted]
    assert not missing + stale, "\n".join(
        [f"docs/{page}, table under '{heading}':"]
        + [f"  add or mend:  {row}" for row in missing]
        + [f"  take out:     {row}" for row in stale]
    )


def summary(thing: object) -> str:
    """The first line of a docstring."""
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def shown(default: object) -> str:
    """A setting's default as the page writes it."""
    if isinstance(default, Path):
        return f"`{default.relative_to(settings.BASE_DIR)}`"
    return f"`{default}`" if default not in (None, "", []) else ""


def test_every_setting_is_documented() -> None:
    fields = Settings.model_fields.items()
    wanted = {
        name.upper(): f"| `{name.upper()}` | {shown(field.default)} | {field.description} |"
        for name, field in fields
    }
    check("settings.md", "Variables", wanted)


def test_every_command_is_documented() -> None:
    ours = {app.name for app in our_apps()}
    commands = {name: app for name, app in get_commands().items() if app in ours}
    helps = {name: load_command_class(app, name).help for name, app in commands.items()}
    wanted = {name: f"| `{name}` | {text} |" for name, text in sorted(helps.items())}
    check("operators.md", "Commands", wanted)


def test_every_periodic_task_is_documented() -> None:
    from backoffice.celery import app

    app.loader.import_default_modules()
    beat = settings.CELERY_BEAT_SCHEDULE.items()
    wanted = {
        name: f"| `{name}` | {entry['schedule']} s | {summary(app.tasks[entry['task']])} |"
        for name, entry in beat
    }
    check("operators.md", "Periodic tasks", wanted)
