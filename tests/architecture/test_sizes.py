"""Files and functions a reader can hold in mind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT, files

FILE_LINES = 300
FUNCTION_LINES = 40
# Larger than that, each for its reason. A file that has shrunk must leave the list.
LARGER = {
    "disputes/bundle/verify.py": "it goes into every bundle alone, and is read as one file there",
    "backoffice/settings.py": "every setting stands in one file, where an operator looks for it",
}


def sources() -> Iterator[Path]:
    """Our Python, without migrations: Django writes those."""
    return (path for path in files(".py") if "migrations" not in path.parts)


def too_large(path: Path) -> Iterator[str]:
    """The file's name, and its functions' names, where they exceed the limits."""
    name, text = path.relative_to(ROOT).as_posix(), path.read_text()
    if len(text.splitlines()) > FILE_LINES:
        yield name
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{name}:{node.name}"


def test_files_and_functions_are_small() -> None:
    found = {name for path in sources() for name in too_large(path)}
    wrong = sorted(found ^ LARGER.keys())
    assert not wrong, f"split by what it does, or mend LARGER with a reason: {wrong}"
