"""What import-linter cannot see: foreign keys named as strings, and apps left out of a contract."""

from __future__ import annotations

import tomllib

import pytest
from django.apps import apps
from django.db.models import Field, Model

from tests.architecture.house import ROOT, contract, floors, our_apps

FLOOR = {name: height for height, names in enumerate(reversed(floors())) for name in names}
OUR_MODELS = [model for app in our_apps() for model in app.get_models(include_auto_created=True)]


def relations(model: type[Model]) -> list[tuple[Field, str]]:
    """The model's foreign keys and many-to-manys, each with the app it points to."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    targets = ((field, field.related_model) for field in fields if field.remote_field)
    return [(f, apps.get_app_config(to._meta.app_label).name) for f, to in targets]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_to_own_or_lower_floors(model: type[Model]) -> None:
    own = model._meta.app_config.name
    upward = [
        f"{model._meta.label}.{field.name} -> {target}"
        for field, target in relations(model)
        # Django's own apps (groups, content types) lie beneath everything.
        if target in FLOOR and target != own and FLOOR[target] >= FLOOR[own]
    ]
    assert upward == [], "a foreign key may only point to its own app or to a floor beneath"


def test_every_app_has_a_floor() -> None:
    unplaced = {app.name for app in our_apps()} - FLOOR.keys()
    assert unplaced == set(), "give it a floor: pyproject.toml, contract ground- or upper-floors"


def test_every_app_keeps_the_rooms() -> None:
    roomed = {*contract("rooms")["containers"], *contract("common-rooms")["containers"]}
    assert {app.name for app in our_apps()} == roomed, "pyproject.toml, contract rooms: containers"


def test_every_package_at_the_top_is_watched() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests", "bench"} == set(linter["root_packages"])
