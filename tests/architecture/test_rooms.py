"""What a room may not do, where imports cannot show it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.house import ROOT, files

WRITES = {"save", "create", "bulk_create", "bulk_update", "delete", "get_or_create"}
READS = {"objects", "_default_manager", "cursor", "select_for_update"}


def uses(room: str, names: set[str]) -> Iterator[str]:
    """Where a module of `room`, in any app, uses an attribute of one of `names`."""
    for path in files(".py"):
        place = path.relative_to(ROOT)
        if place.parts[0] == "tests" or room not in {*place.parts[:-1], place.stem}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in names:
                yield f"{place}:{node.lineno} .{node.attr}"


@pytest.mark.parametrize(("room", "names"), [("verbs", READS | WRITES), ("queries", WRITES)])
def test_room_leaves_the_database_alone(room: str, names: set[str]) -> None:
    found = list(uses(room, names))
    assert not found, f"{room} do not do this; doors load, and the service writes: {found}"
