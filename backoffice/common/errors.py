"""What can go wrong in the domain, typed: rendered as RFC 9457 by the API, as messages by pages."""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A refusal a caller can act on: says what is wrong, with which field, and how to mend it.

    `code` is stable and documented; `field` is a path such as `lines[0].amount`; `status` is the
    HTTP status; `extra` joins the problem document (dates, the case's new state).
    """

    status = 409
    code = "refused"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        field: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.extra = extra or {}

    def to_problem(self) -> dict[str, Any]:
        """The RFC 9457 document, without its HTTP wrapping."""
        problem: dict[str, Any] = {
            "type": f"urn:redress:problem:{self.code}",
            "title": self.code.replace("_", " ").capitalize(),
            "status": self.status,
            "code": self.code,
            "detail": self.message,
        }
        if self.field:
            problem["errors"] = [{"field": self.field, "issue": self.code, "detail": self.message}]
        # The standard members win: one of ours named `status` must not become the HTTP status.
        return self.extra | problem


class Invalid(DomainError):
    """The input is wrong; mend the named field."""

    status = 400
    code = "invalid"


class Forbidden(DomainError):
    """This actor may not do this."""

    status = 403
    code = "forbidden"


class NotFound(DomainError):
    """No such thing, or none this caller may see."""

    status = 404
    code = "not_found"


class Refused(DomainError):
    """Well-formed, but not possible in the present state."""
