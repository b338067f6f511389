"""What the OpenAPI document says of every endpoint, so that no view has to repeat it.

Scopes, `Idempotency-Key`, the problems any request can meet, and that unknown fields are refused.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from backoffice.common.api.fields import StrictSerializer
from backoffice.common.api.idempotency import HEADER, REPLAYED
from backoffice.common.api.problems import CONTENT_TYPE


class FieldErrorOut(serializers.Serializer[Any]):
    """One field at fault."""

    field = serializers.CharField(help_text="Its path, such as `lines[0]`; empty: the whole body.")
    issue = serializers.CharField(help_text="A stable code.")
    detail = serializers.CharField(help_text="What is wrong and how to mend it.")


class ProblemOut(serializers.Serializer[Any]):
    """RFC 9457. Some codes add members of their own; docs/api.md lists them."""

    type = serializers.CharField(help_text="`urn:redress:problem:` and the code.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; act on this.")
    detail = serializers.CharField(help_text="For people.")
    errors = FieldErrorOut(many=True, required=False)  # type: ignore[assignment]


ALWAYS = {
    "400": "The request is wrong; `errors` names each field.",
    "401": "There is no API key, or it is no good.",
    "403": "The key lacks the scope that this needs.",
    "404": "There is no such thing, or none that this key may see.",
    "503": "The database is busy; send the request again.",
}
WITH_BODY = {
    "409": "Well-formed, but not possible now; nothing was changed.",
    "413": "The body is larger than 5 MB.",
    "415": "The body is not `application/json`.",
    "422": f"The `{HEADER}` was used for another request.",
}
KEY = {
    "name": HEADER,
    "in": "header",
    "description": "Yours to choose, such as a UUID. Sent again, the request has no second effect"
    f" and gets the first answer, with `{REPLAYED}: true`.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
}


class ApiSchema(AutoSchema):
    """drf-spectacular's, told what our views have in common."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """The operation, with scopes, problems and, for a POST, its key."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        scopes = self._scopes()
        operation["security"] = [{"apiKey": [scope]} for scope in scopes]
        needs = f"Scope: {' or '.join(f'`{scope}`' for scope in scopes)}."
        operation["description"] = "\n\n".join(filter(None, [operation.get("description"), needs]))
        problems = ALWAYS
        if self.method == "POST":
            operation.setdefault("parameters", []).append(KEY)
            problems = ALWAYS | WITH_BODY
        for status, why in problems.items():
            operation["responses"].setdefault(status, self._problem(why))
        return operation

    def get_override_parameters(self) -> list[Any]:
        """What a GET takes in its query."""
        filters: type[StrictSerializer] = getattr(self.view, "filters", StrictSerializer)
        return [filters] if self.method == "GET" and filters().fields else []

    def _scopes(self) -> list[str]:
        """The scopes of which one is needed, from the view's own declaration."""
        declared = getattr(self.view, "scopes", {}).get(self.method, ())
        return [str(s) for s in ([declared] if isinstance(declared, str) else declared)]

    def _problem(self, why: str) -> dict[str, Any]:
        component = self.resolve_serializer(ProblemOut, "response")
        return {"description": why, "content": {CONTENT_TYPE: {"schema": component.ref}}}

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = super()._map_basic_serializer(  # type: ignore[no-untyped-call]
            serializer, direction
        )
        if direction == "request" and isinstance(serializer, StrictSerializer):
            schema["additionalProperties"] = False
        return schema
