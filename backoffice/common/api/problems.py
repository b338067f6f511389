"""Errors as RFC 9457 problem documents: one shape, a stable `code`, the field at fault.

`errors` names each field by its path in the body (`items[3].value.currency_code`); an empty path
is the body as a whole. docs/api.md lists the codes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response

from backoffice.common.canonical import canonical_json
from backoffice.common.errors import DomainError

CONTENT_TYPE = "application/problem+json"
API_PREFIX = "/api/"
TRY_AGAIN_SECONDS = 1
logger = logging.getLogger(__name__)

FieldError = dict[str, str]
# DRF's words for what went wrong, where ours are plainer or already in use.
CODES = {
    "parse_error": "malformed",
    "authentication_failed": "not_authenticated",
    "permission_denied": "forbidden",
    "throttled": "too_many_requests",
}


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER; None for what is our own fault, which becomes a 500."""
    document = to_problem(exc)
    if document is None:
        return None
    return problem_response(document, headers=headers_of(exc))


def to_problem(exc: Exception) -> dict[str, Any] | None:
    """The problem document for `exc`, or None if the fault is ours."""
    match exc:
        case DomainError():
            return exc.to_problem()
        case exceptions.ValidationError():
            return _invalid(list(_flatten(exc.detail)))
        case exceptions.APIException():
            code = str(exc.default_code)
            return problem(exc.status_code, CODES.get(code, code), str(exc.detail))
        case DjangoValidationError():
            return _invalid(list(_flatten_django(exc)))
        case Http404():
            return problem(404, "not_found", "There is no such thing here.")
        case PermissionDenied():
            return problem(403, "forbidden", "You may not do this.")
        case RequestDataTooBig():
            return problem(413, "body_too_large", "The body is larger than the limit; send less.")
        case DataError():
            # The net under the serializers: PostgreSQL found a value that fits no column.
            logger.warning("A value reached the database unchecked", exc_info=exc)
            return problem(400, "invalid", "A value does not fit: too long, too large or not text.")
        case OperationalError():
            logger.error("The database could not serve a request", exc_info=exc)
            return problem(503, "try_again", "The database is busy; send the request again.")
    return None


def problem(
    status: int, code: str, detail: str, errors: list[FieldError] | None = None
) -> dict[str, Any]:
    """A problem document of our own, in the shape of `DomainError.to_problem`."""
    document: dict[str, Any] = {
        "type": f"urn:redress:problem:{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
    }
    return document | {"errors": errors} if errors else document


def problem_response(document: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """`document` as an answer, with its own status and content type."""
    return Response(document, status=document["status"], headers=headers, content_type=CONTENT_TYPE)


def field_error(field: str, issue: str, detail: str) -> FieldError:
    """One entry of `errors`."""
    return {"field": field, "issue": issue, "detail": detail}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: a problem under /api/, the page elsewhere."""
    if not request.path.startswith(API_PREFIX):
        return defaults.page_not_found(request, exception)
    return _plain(problem(404, "not_found", "There is no such address; see /api/v1/docs."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: a problem under /api/, the page elsewhere."""
    if not request.path.startswith(API_PREFIX):
        return defaults.bad_request(request, exception)
    return _plain(problem(400, "malformed", "The request is malformed."))


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: a problem that tells nothing of the inside under /api/, the page elsewhere."""
    if not request.path.startswith(API_PREFIX):
        return defaults.server_error(request)
    return _plain(problem(500, "internal_error", "This is our fault. It has been logged."))


def _plain(document: dict[str, Any]) -> HttpResponse:
    return HttpResponse(canonical_json(document), CONTENT_TYPE, document["status"])


def headers_of(exc: Exception) -> dict[str, str]:
    """The headers that go with the answer to `exc`."""
    headers = {}
    if header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if isinstance(exc, OperationalError):
        headers["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return headers


def _invalid(errors: list[FieldError]) -> dict[str, Any]:
    first = errors[0]
    detail = f"{first['field']}: {first['detail']}" if first["field"] else first["detail"]
    return problem(400, "invalid", detail, errors)


def _flatten(detail: Any, path: str = "") -> Iterator[FieldError]:
    """DRF's nested details, one by one with the path to each."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _flatten(value, path if key == "non_field_errors" else join(path, key))
    elif isinstance(detail, list):
        for index, value in enumerate(detail):
            # A list holds either the messages of one field or the items of a list field.
            nested = isinstance(value, dict | list)
            yield from _flatten(value, f"{path}[{index}]" if nested else path)
    else:
        yield field_error(path, getattr(detail, "code", "invalid"), str(detail))


def _flatten_django(exc: DjangoValidationError) -> Iterator[FieldError]:
    by_field = exc.error_dict if hasattr(exc, "error_dict") else {"": exc.error_list}
    for field, errors in by_field.items():
        for error in errors:
            name = "" if field == "__all__" else field
            yield field_error(name, error.code or "invalid", " ".join(error.messages))


def join(path: str, key: object) -> str:
    """`path` one step further: a key of an object, or an index of a list."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else str(key)
