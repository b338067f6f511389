"""JSON as RFC 8259 means it: what Python or the database would bend or choke on is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, NoReturn

from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from backoffice.common.api.problems import join
from backoffice.common.canonical import INT64
from backoffice.common.errors import Invalid

MAX_DEPTH = 20
MAX_DIGITS = 19


class StrictJSONParser(BaseParser):
    """Parses a body into dicts, lists, str, int, float, bool and None that are safe to store.

    Refused with a 400 that names the path: NaN and Infinity, numbers beyond 64 bits, a key
    written twice, NUL and lone surrogates in text, nesting deeper than 20; and, for the body as a
    whole, anything that is not UTF-8 or not JSON.
    """

    media_type = "application/json"
    left = ""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value of the whole body. Raises Invalid."""
        request: Request = (parser_context or {})["request"]
        # Not `stream.read()`: only `.body` holds DATA_UPLOAD_MAX_MEMORY_SIZE.
        return parse_json(request._request.body, self.left)


class BatchJSONParser(StrictJSONParser):
    """The same, but one bad item does not spoil its batch: `items` are for their reader to refuse.

    They may hold `Unsound` in the place of a value, and text that cannot be stored.
    """

    left = "items"


@dataclass(frozen=True, slots=True)
class Unsound:
    """Stands in the parsed value for what was refused there, and says why.

    `key` is the member at fault when the value is a whole object.
    """

    issue: str
    detail: str
    key: str = ""


def parse_json(body: bytes, left: str = "") -> Any:
    """`body` as a value, where the member `left` was not looked through.

    Raises Invalid as the parser's docstring tells.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError as exc:
        _refuse("", "not_utf8", f"The body is not UTF-8: byte {exc.start} is not text.")
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as exc:
        where = f"line {exc.lineno}, column {exc.colno}"
        _refuse("", "malformed_json", f"The body is not JSON: {exc.msg} at {where}.")
    except RecursionError:
        _refuse("", "too_deep", f"The body is nested deeper than {MAX_DEPTH}.")
    looked_at = value
    if left and isinstance(value, dict) and isinstance(value.get(left), list):
        looked_at = {**value, left: None}
    _check(looked_at, "", MAX_DEPTH)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Unsound:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    seen: set[str] = set()
    key = next(k for k, _ in pairs if k in seen or seen.add(k))  # type: ignore[func-returns-value]
    return Unsound("duplicate_key", "The key is written twice; which is meant?", key)


def _constant(word: str) -> Unsound:
    return Unsound("invalid_number", f"{word} is not a number in JSON.")


def _int(digits: str) -> int | Unsound:
    if len(digits.lstrip("-")) <= MAX_DIGITS and int(digits) in INT64:
        return int(digits)
    return Unsound("number_too_large", "The number is beyond 64 bits.")


def _float(digits: str) -> float | Unsound:
    value = float(digits)
    if math.isfinite(value) and abs(value) < 2**63:
        return value
    return Unsound("number_too_large", "The number is beyond 64 bits.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_int=_int, parse_float=_float
)


def _check(value: Any, path: str, depth: int) -> None:
    """Refuse what cannot be stored, at any depth."""
    if isinstance(value, str):
        _check_text(value, path)
    elif isinstance(value, Unsound):
        _refuse(join(path, value.key) if value.key else path, value.issue, value.detail)
    elif isinstance(value, dict | list):
        if depth == 0:
            _refuse(path, "too_deep", f"The body is nested deeper than {MAX_DEPTH}.")
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            if isinstance(key, str):
                _check_text(key, path)
            # Numbers and the like were checked while parsing: only these can still be wrong.
            if isinstance(item, str | dict | list | Unsound):
                _check(item, join(path, key), depth - 1)


def _check_text(text: str, path: str) -> None:
    if "\0" in text:
        _refuse(path, "invalid_text", "The text holds a NUL character; leave it out.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            _refuse(path, "invalid_text", "The text holds half a character (a lone surrogate).")


def _refuse(path: str, issue: str, detail: str) -> NoReturn:
    # The path may itself hold what JSON cannot carry.
    field = path.encode(errors="replace").decode().replace("\0", "?")
    raise Invalid(detail, code=issue, field=field or None)
