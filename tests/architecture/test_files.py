"""What files may not hold, and links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT, files

TEXT = (".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".in", "Makefile", "run", "venv")
# Somebody's home, or this checkout's own folder.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/[\w.]+|" + re.escape(f"{ROOT}/"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_no_file_names_a_machine_path() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files(*TEXT)
        for match in MACHINE_PATH.finditer(path.read_text())
    ]
    assert not found, f"find it from settings or an environment variable: {found}"


def broken_links(page: Path) -> Iterator[str]:
    for target in LINK.findall(page.read_text()):
        if not (page.parent / target).exists():
            yield f"{page.relative_to(ROOT)} -> {target}"


def test_links_in_pages_lead_somewhere() -> None:
    broken = [link for page in files(".md") for link in broken_links(page)]
    assert not broken, f"these links lead nowhere: {broken}"
