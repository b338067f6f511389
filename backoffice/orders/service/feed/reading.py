"""Reading a batch: every item is validated on its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from backoffice.common.api.parsers import Unsound
from backoffice.common.errors import DomainError
from backoffice.orders.service.feed.answers import ItemError

MAX_ITEMS = 1_000
T = TypeVar("T")
NONE: tuple[ItemError, ...] = ()

# Pydantic's error types under the issues we promise to keep (docs/feed.md).
ISSUES = {
    "missing": "required",
    "extra_forbidden": "unknown_field",
    "string_unicode": "invalid_text",
    "string_pattern_mismatch": "invalid_text",
    "string_too_long": "too_long",
    "string_too_short": "required",
    "too_long": "too_many",
    "too_short": "required",
    "enum": "unknown_value",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
}
DETAILS = {
    "required": "The field is required and may not be empty.",
    "unknown_field": "There is no such field; leave it out or look for a typing mistake.",
    "invalid_text": "The text holds a NUL, half a character, or is no http(s) address.",
}


class BatchTooLarge(DomainError):
    """More items than one batch may hold."""

    status = 413
    code = "batch_too_large"


class Read(NamedTuple, Generic[T]):
    """An item as it was read: `item`, or `errors` that say why there is none."""

    external_id: str | None  # of an item that could not be read
    item: T | None
    errors: Sequence[ItemError]


def read_batch(
    adapter: TypeAdapter[T], items: Sequence[Any], limit: int = MAX_ITEMS
) -> list[Read[T]]:
    """Each of `items`, validated. Raises BatchTooLarge."""
    if len(items) > limit:
        raise BatchTooLarge(
            f"A batch holds at most {limit} items, not {len(items)}; send several.",
            field="items",
        )
    validate = adapter.validator.validate_python
    with suppress(ValidationError):  # all are sound, as a rule
        return [Read(None, item, NONE) for item in map(validate, items)]
    read = []
    for raw in items:
        try:
            read.append(Read(None, validate(raw), NONE))
        except ValidationError as exc:
            details = exc.errors(include_url=False)
            read.append(Read(_ref(raw), None, [_error(d) for d in details[:20]]))
    return read


def _ref(raw: Any) -> str | None:
    """The item's id for its answer, if it can be said at all."""
    ref = raw.get("external_id") if isinstance(raw, dict) else None
    if not isinstance(ref, str) or not ref or len(ref) > 100 or "\0" in ref:
        return None
    return ref if _clean(ref) == ref else None


def _error(details: ErrorDetails) -> ItemError:
    bad = details["input"]
    if isinstance(bad, Unsound):  # JSON that no value could be made of
        return ItemError(_path((*details["loc"], *filter(None, [bad.key]))), bad.issue, bad.detail)
    kind = details["type"]
    issue = ISSUES.get(kind, "wrong_type" if kind.endswith("_type") else kind)
    context = details.get("ctx", {})
    path = _path((*details["loc"], *filter(None, [context.get("field")])))
    return ItemError(path, issue, DETAILS.get(issue, _clean(details["msg"])))


def _path(loc: Sequence[str | int]) -> str:
    path = ""
    for step in loc:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += ("." if path else "") + _clean(step)[:60]
    return path


def _clean(text: str) -> str:
    """`text` as it can be told in JSON and stored."""
    return text.encode(errors="replace").decode().replace("\0", "?")
