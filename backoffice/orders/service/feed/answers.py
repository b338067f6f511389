"""What became of each item of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Result(StrEnum):
    """What became of one item."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


class ItemError(NamedTuple):
    """What is wrong with an item: the path of the field, a stable code, and how to mend it."""

    field: str
    issue: str
    detail: str


@dataclass(slots=True)
class Answer:
    """One item's result; nothing of a rejected item is stored. Flags: backoffice/orders/flags.py.

    `external_id` is null when the item has none that could be read.
    """

    external_id: str | None
    result: Result
    flags: list[str] = field(default_factory=list)
    errors: list[ItemError] = field(default_factory=list)

    @classmethod
    def rejected(cls, external_id: str | None, *errors: ItemError) -> Answer:
        """The answer to an item that is refused for `errors`."""
        return cls(external_id, Result.REJECTED, errors=list(errors))

    def to_json(self) -> dict[str, Any]:
        """The answer as the API gives it."""
        return {
            "external_id": self.external_id,
            "result": str(self.result),
            "flags": self.flags,
            "errors": [error._asdict() for error in self.errors],
        }
