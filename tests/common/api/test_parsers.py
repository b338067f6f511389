from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.common.api.parsers import MAX_DEPTH, parse_json
from backoffice.common.canonical import canonical_json
from backoffice.common.errors import Invalid
from tests.common.api.views import Echo, post

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


@given(JSON)
def test_parse_gives_back_what_was_written(value: Any) -> None:
    assert parse_json(canonical_json(value)) == value


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        (b'{"a": {"b": NaN}}', "a.b", "invalid_number"),
        (b'{"a": [1, -Infinity]}', "a[1]", "invalid_number"),
        (b'{"a": 1e999}', "a", "number_too_large"),
        (b'{"a": 9223372036854775808}', "a", "number_too_large"),
        (b'[{"a": ' + b"9" * 5000 + b"}]", "[0].a", "number_too_large"),
        (b'{"lines": [{"a": 1, "b": 2, "a": 3}]}', "lines[0].a", "duplicate_key"),
        (b'{"a": "x\\u0000y"}', "a", "invalid_text"),
        (b'{"a": ["\\ud800"]}', "a[0]", "invalid_text"),
        (b'{"a": {"\\u0000": 1}}', "a", "invalid_text"),
        (b'{"a": ' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}", "a" + "[0]" * 19, "too_deep"),
        (b"[" * 100_000, None, "too_deep"),
        (b'{"a": "\xff"}', None, "not_utf8"),
        (b'\xef\xbb\xbf{"a": 1}', None, "malformed_json"),
        (b'{"a": 1', None, "malformed_json"),
        (b"", None, "malformed_json"),
    ],
)
def test_parse_refuses_and_names_the_path(body: bytes, field: str | None, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_json(body)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_refusal_is_a_problem_document() -> None:
    response = post(Echo, b'{"value": {"minor": NaN}}')
    assert response["Content-Type"] == "application/problem+json"
    assert response.document == {
        "type": "urn:redress:problem:invalid_number",
        "title": "Invalid number",
        "status": 400,
        "code": "invalid_number",
        "detail": "NaN is not a number in JSON.",
        "errors": [
            {
                "field": "value.minor",
                "issue": "invalid_number",
                "detail": "NaN is not a number in JSON.",
            }
        ],
    }


def test_a_body_beyond_the_limit_is_refused_unread() -> None:
    response = post(Echo, b'"' + b"x" * 6_000_000 + b'"')
    assert (response.status_code, response.document["code"]) == (413, "body_too_large")
