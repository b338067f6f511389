import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.rulebook.default import default_document
from backoffice.rulebook.engine.document import parse_toml
from backoffice.rulebook.engine.writing import write_toml
from backoffice.rulebook.schemas import SCHEMAS

KEYS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
VALUES = st.recursive(
    KEYS | st.booleans() | st.integers(-(2**63), 2**63 - 1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def test_default_comes_back_from_its_toml():
    assert parse_toml(write_toml(default_document(), SCHEMAS)) == default_document()


@given(st.dictionaries(KEYS | st.sampled_from(["tables", "rates", "name"]), VALUES, max_size=4))
def test_any_document_comes_back_from_its_toml(document):
    assert parse_toml(write_toml(document, SCHEMAS)) == document


@pytest.mark.parametrize(
    "document",
    [{"name": "a\x7fb"}, {"tables": [{"name": ["x"], "rows": [{"when": 5}, {}]}, {"rows": 5}]}, {}],
)
def test_a_document_with_problems_comes_back_from_its_toml(document):
    assert parse_toml(write_toml(document, SCHEMAS)) == document
