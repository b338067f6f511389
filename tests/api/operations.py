"""Every operation of the API, as its own OpenAPI document tells: tests walk it, so that no endpoint
is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """One method on one address; `told` is what the document says of it."""

    method: str
    path: str
    told: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path.removeprefix('/api/v1')}"

    def url(self, **values: object) -> str:
        """The address with its parameters filled in."""
        return self.path.format(**values)

    def parameters(self, place: str) -> list[str]:
        """The names of its parameters in `path` or `query`."""
        return [p["name"] for p in self.told.get("parameters", []) if p["in"] == place]


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document, as it is served."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def operations(*methods: str) -> list[Operation]:
    """All of them, or those of these methods."""
    return [op for op in _all() if not methods or op.method in methods]


def _all() -> Iterator[Operation]:
    for path, item in document()["paths"].items():
        for method in METHODS:
            if method in item:
                yield Operation(method.upper(), path, item[method])
