"""What is wrong with a document: every problem, with its table, its row and the fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.utils.translation import gettext

from backoffice.common.errors import Invalid


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem. `row` counts from 1; 0 means the table as a whole, table "" the document."""

    table: str
    row: int
    message: str

    def __str__(self) -> str:
        where = f"{self.table or 'rulebook'}, row {self.row}" if self.row else self.table
        return f"{where}: {self.message}" if where else self.message


class RulebookError(Invalid):
    """A document was refused; `problems` lists everything found, in the order of the document."""

    code = "rulebook_invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(
            gettext("The rulebook has problems: %s.")
            % "; ".join(str(p) for p in self.problems[:3]),
            field="document",
            extra={"problems": [asdict(p) for p in self.problems]},
        )
