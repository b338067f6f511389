"""docs/rulebook.md tells of every table, column and value."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings

from backoffice.rulebook.default import default_document
from backoffice.rulebook.engine.columns import Column, Kind, TableSchema
from backoffice.rulebook.engine.document import parse_toml
from backoffice.rulebook.engine.problems import RulebookError
from backoffice.rulebook.schemas import SCHEMAS, load

PAGE = (settings.BASE_DIR / "docs" / "rulebook.md").read_text()


def rows(schema: TableSchema) -> Iterator[str]:
    for side, columns in (("in", schema.inputs), ("out", schema.outputs)):
        yield from (f"| `{c.name}` | {side} | {written(c)} | {c.about} |" for c in columns)


def written(column: Column) -> str:
    if column.kind is Kind.ENUM:
        return ", ".join(f"`{value}`" for value in column.values)
    return column.kind.value


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=lambda s: s.name)
def test_page_tells_of_every_column(schema):
    section = re.search(rf"^### `{schema.name}`\n(.*?)(?=^##|\Z)", PAGE, re.M | re.S)
    assert section, f"docs/rulebook.md needs '### `{schema.name}`'"
    found = [line for line in section[1].splitlines() if line.startswith("| `")]
    assert found == list(rows(schema))
    assert f"{schema.about} {schema.hit}." in section[1]


def example():
    """The rulebook the page writes, its other tables from the default."""
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, re.M | re.S)
    document = parse_toml("\n".join(blocks))
    names = {table["name"] for table in document["tables"]}
    document["tables"] += [t for t in default_document()["tables"] if t["name"] not in names]
    return document


def test_example_of_the_page_is_sound():
    assert load(example(), 1).name == "Rules of 2027"


def test_example_of_the_page_crosses_without_its_first_row():
    document = example()
    document["tables"][1]["rows"].pop(0)
    with pytest.raises(RulebookError) as refused:
        load(document, 1)
    [problem] = refused.value.problems
    assert problem.message.startswith("crosses row 1, with another outcome, at: under review")
