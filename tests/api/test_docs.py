"""docs/api.md has every code that the source can answer with, and its examples are right."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema import Draft202012Validator
from rest_framework.serializers import (
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    IntegerField,
    ListField,
)

from disputes.lifecycle import Verb
from tests.api.operations import Operation, document, operations
from tests.architecture.house import ROOT, files

PAGE = (ROOT / "docs" / "api.md").read_text()
SAID = re.compile(
    r"""code\s*=\s*"([a-z_]+)"|problem\(\d+, "([a-z_]+)"|_(?:Bad|refuse)\([^"]*?"([a-z_]+)","""
)


def codes() -> set[str]:
    sources = [path for path in files(".py") if "tests" not in path.parts]
    found = (SAID.findall(path.read_text()) for path in sources)
    return {code for groups in found for group in groups for code in group if code}


def test_every_code_is_explained() -> None:
    assert sorted(code for code in codes() if f"`{code}`" not in PAGE) == []


def test_every_issue_of_a_field_is_explained() -> None:
    kinds = (CharField, ChoiceField, DateField, DateTimeField, IntegerField, ListField)
    issues = {code for kind in kinds for one in kind.__mro__ for code in told_by(one)}
    assert sorted(code for code in issues if f"`{code}`" not in PAGE) == []


def told_by(kind: type) -> list[str]:
    """The codes of a field's own messages."""
    return list(getattr(kind, "default_error_messages", {}))


def verbs() -> list[Operation]:
    """What the lifecycle has; what is beside it (files, links) is told in words."""
    names = tuple(f"/disputes/{{dispute_id}}/{verb}" for verb in Verb)
    return [op for op in operations("POST") if op.path.endswith(names)]


@pytest.mark.parametrize("op", verbs(), ids=str)
def test_every_verb_has_an_example_that_fits(op: Operation) -> None:
    verb = op.path.rpartition("/")[2]
    row = re.search(rf"^\| `{verb}` .*`(\{{.*\}})` \|$", PAGE, re.M)
    assert row, f"docs/api.md needs a row for {verb}"
    schema = op.told["requestBody"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": document()["components"]}
    assert list(Draft202012Validator(whole).iter_errors(json.loads(row[1]))) == []


def test_every_example_is_json() -> None:
    for block in re.findall(r"```json\n(.*?)```", PAGE, re.S):
        json.loads(block)
