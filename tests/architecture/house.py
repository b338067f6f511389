"""The house as it stands: its apps, floors and files, found rather than listed."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
NOT_OURS = {".git", ".venv", "var", "node_modules"}


def files(*suffixes: str) -> Iterator[Path]:
    """Every file of the project with one of `suffixes`; what tools made is left out."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and "cache" not in name]
        yield from (Path(folder, name) for name in names if name.endswith(suffixes))


def our_apps() -> list[AppConfig]:
    """The installed apps whose code is in this project."""
    here = [app for app in apps.get_app_configs() if Path(app.path).is_relative_to(ROOT)]
    return [app for app in here if ".venv" not in app.path]


def contract(name: str) -> dict[str, Any]:
    """One of import-linter's contracts, by its id in pyproject.toml."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return next(c for c in linter["contracts"] if c["id"] == name)


def floors() -> list[set[str]]:
    """App names from the top floor to the ground, strangers on one floor together."""
    upper = [{name} for name in contract("upper-floors")["layers"] if name != "backoffice"]
    ground = [layer.split(" | ") for layer in contract("ground-floors")["layers"]]
    return [*upper, *({f"backoffice.{name.strip('()')}" for name in layer} for layer in ground)]
