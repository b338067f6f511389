"""Every setting, command, periodic task and audit action stands in docs/, and nothing else does."""

from __future__ import annotations

import re

import pytest

from disputes.demo.people import LOGINS, PASSWORD
from tests.architecture.house import ROOT
from tests.architecture.pages import TABLES, Table


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.page} {table.heading}")
def test_table_follows_from_the_code(table: Table) -> None:
    assert table.written() == list(table.rows()), "run 'make docs', and read what it wrote"


def test_readme_tells_the_demo_logins() -> None:
    told = set(
        re.findall(r"`([\w-]+@redress.example|redress-demo)`", (ROOT / "README.md").read_text())
    )
    assert told == {PASSWORD, *(login.email for login in LOGINS)}
