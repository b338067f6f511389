"""Refusals in PayPal's shape: a name, a message, a debug id, and what is wrong with which field."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from typing import Any

import structlog
from django.core.exceptions import SuspiciousOperation
from rest_framework.request import Request
from rest_framework.response import Response

from backoffice.common.api.idempotency import HEADER
from backoffice.common.api.problems import headers_of, problem, to_problem

DEBUG_HEADER = "PayPal-Debug-Id"
REQUEST_ID = "PayPal-Request-Id"
# Whom a key of both sides acts or reads for; PayPal's keys are one party's.
PARTY = "Redress-Party"
HEADERS = (REQUEST_ID, HEADER, PARTY)
log = structlog.get_logger()

# PayPal's name and message of each status. They never change; `details` say what happened.
NAMES = {
    400: (
        "INVALID_REQUEST",
        "Request is not well-formed, syntactically incorrect, or violates schema.",
    ),
    401: (
        "AUTHENTICATION_FAILURE",
        "Authentication failed due to missing authorization header, or invalid authentication"
        " credentials.",
    ),
    403: ("NOT_AUTHORIZED", "Authorization failed due to insufficient permissions."),
    404: ("RESOURCE_NOT_FOUND", "The specified resource does not exist."),
    405: ("METHOD_NOT_SUPPORTED", "The server does not implement the requested HTTP method."),
    406: ("MEDIA_TYPE_NOT_ACCEPTABLE", "The server answers in application/json only."),
    409: (
        "RESOURCE_CONFLICT",
        "The server has detected a conflict while processing this request.",
    ),
    413: ("REQUEST_TOO_LARGE", "The request is larger than the server takes."),
    415: (
        "UNSUPPORTED_MEDIA_TYPE",
        "The server does not support the request payload's media type.",
    ),
    422: (
        "UNPROCESSABLE_ENTITY",
        "The requested action could not be performed, semantically incorrect, or failed business"
        " validation.",
    ),
    429: ("RATE_LIMIT_REACHED", "Too many requests. Blocked due to rate limiting."),
    500: ("INTERNAL_SERVER_ERROR", "An internal server error occurred."),
    503: ("SERVICE_UNAVAILABLE", "Service Unavailable."),
}
# PayPal's words for what is wrong with a field; every other code is written in capitals.
ISSUES = {
    "required": "MISSING_REQUIRED_PARAMETER",
    "null": "MISSING_REQUIRED_PARAMETER",
    "blank": "MISSING_REQUIRED_PARAMETER",
    "empty": "MISSING_REQUIRED_PARAMETER",
    "text_required": "MISSING_REQUIRED_PARAMETER",
    "invalid": "INVALID_PARAMETER_SYNTAX",
    "naive": "INVALID_PARAMETER_SYNTAX",
    "not_a_list": "INVALID_PARAMETER_SYNTAX",
    "invalid_amount": "INVALID_PARAMETER_SYNTAX",
    "overflow": "INVALID_PARAMETER_SYNTAX",
    "max_string_length": "INVALID_PARAMETER_SYNTAX",
    "min_value": "INVALID_PARAMETER_VALUE",
    "max_value": "INVALID_PARAMETER_VALUE",
    "invalid_choice": "INVALID_PARAMETER_VALUE",
    "invalid_page_token": "INVALID_PARAMETER_VALUE",
    "invalid_page_size": "INVALID_PARAMETER_VALUE",
    "unknown_currency": "INVALID_CURRENCY_CODE",
    "max_length": "INVALID_STRING_MAX_LENGTH",
    "min_length": "INVALID_STRING_MIN_LENGTH",
    "text_too_long": "INVALID_STRING_MAX_LENGTH",
    "unknown_field": "UNKNOWN_PARAMETER",
    "case_not_found": "INVALID_RESOURCE_ID",
}
# What a caller mends by reading the case again; every other refusal is PayPal's 422.
CONFLICTS = {"case_moved", "idempotency_in_progress"}
_INDEX = re.compile(r"\[(\d+)\]")


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response:
    """DRF's EXCEPTION_HANDLER for these addresses; a fault of our own is logged and is a 500."""
    document = to_problem(exc)
    if document is None and isinstance(exc, SuspiciousOperation):  # too many fields or files
        document = problem(400, "malformed", str(exc))
    debug_id = new_debug_id()
    if document is None:
        log.exception("paypal.failed", debug_id=debug_id)
        document = problem(500, "internal_error", "This is our fault. It has been logged.")
    return answer(document, context["request"], debug_id, headers_of(exc))


def answer(
    problem: dict[str, Any],
    request: Request,
    debug_id: str = "",
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem document, as it is told under /api/v1, in PayPal's shape and with its status."""
    debug_id = debug_id or new_debug_id()
    status = _status(problem)
    name, message = NAMES.get(status, NAMES[400])
    body: dict[str, Any] = {"name": name, "message": message, "debug_id": debug_id}
    if status < 500:
        body["details"] = list(_details(problem, request))
        log.info("paypal.refused", debug_id=debug_id, status=status, issue=problem["code"])
    return Response(body, status, headers={**(headers or {}), DEBUG_HEADER: debug_id})


def new_debug_id() -> str:
    """What a caller quotes to us, and what our log has."""
    return secrets.token_hex(7)[:13]


def _status(problem: dict[str, Any]) -> int:
    status = int(problem["status"])
    return 422 if status == 409 and problem["code"] not in CONFLICTS else status


def _details(problem: dict[str, Any], request: Request) -> Iterator[dict[str, str]]:
    code = problem["code"]
    if code == "case_not_found":
        yield _detail(code, problem["detail"], field="id", location="path")
        return
    for error in problem.get("errors", ()):
        yield _detail(error["issue"], error["detail"], **_where(error["field"], request))
    if not problem.get("errors"):
        yield _detail(code, problem["detail"])


def _detail(code: str, description: str, **where: str) -> dict[str, str]:
    return {**where, "issue": ISSUES.get(code, code.upper()), "description": description}


def _where(path: str, request: Request) -> dict[str, str]:
    """Which field, as PayPal names it: a JSON pointer in the body, a name elsewhere."""
    if path in HEADERS:
        return {"field": path, "location": "header"}
    if request.method in ("GET", "HEAD") or path in request.query_params:
        return {"field": path, "location": "query"}
    return {"field": pointer(path), "location": "body"}


def pointer(path: str) -> str:
    """`evidences[0].notes` as RFC 6901 writes it, `/evidences/0/notes`; the whole body is ``."""
    if path.startswith("/"):
        return path
    steps = _INDEX.sub(r".\1", path).split(".")
    return "".join(f"/{step}" for step in steps if step)
