from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.common.canonical import canonical_json
from tests.common.api.test_parsers import JSON


@given(JSON)
def test_what_was_stored_and_read_back_gives_the_same_bytes(value: object) -> None:
    written = canonical_json(value)
    assert canonical_json(json.loads(written)) == written


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 9)))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


def test_the_form_is_as_documented() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    written = canonical_json({"b": [at, None, True], "a": "ü"})
    assert written.decode() == '{"a":"ü","b":["2026-01-02T03:04:05.000006Z",null,true]}'


@pytest.mark.parametrize("value", [2**64, "\ud800", {1: 2}, object()])
def test_what_json_cannot_carry_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)
