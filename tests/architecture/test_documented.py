"""Every setting, command, periodic task and audit action stands in docs/, and nothing else does."""

from __future__ import annotations

import pytest

from tests.architecture.pages import TABLES, Table


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.page} {table.heading}")
def test_table_follows_from_the_code(table: Table) -> None:
    assert table.written() == list(table.rows()), "run 'make docs', and read what it wrote"
