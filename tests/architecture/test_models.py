"""Every model tells its story."""

from __future__ import annotations

import inspect

import pytest
from django.db.models import Model

from tests.architecture.house import our_apps

MODELS = [model for app in our_apps() for model in app.get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_has_a_docstring(model: type[Model]) -> None:
    docstring = inspect.cleandoc(model.__dict__.get("__doc__") or "")
    made_by_django = docstring.startswith(f"{model.__name__}(")
    missing = not docstring or made_by_django
    assert not missing, f"say in {model.__module__} what a row of {model.__name__} is"
