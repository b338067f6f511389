"""The variables of message templates, and a text with them filled in. Pure.

A variable is a name in braces: `{order}`. Braces themselves are written twice: `{{`. Nothing else
of Python's format language is known here: no attributes, no indexes, no formats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.common.errors import Invalid

# What each stands for; docs/operators.md has the same list.
VARIABLES: Mapping[str, str | Promise] = {
    "case": gettext_lazy("the number of the case"),
    "order": gettext_lazy("the number of the order"),
    "item": gettext_lazy("what was bought, as the listing calls it"),
    "reason": gettext_lazy("why the buyer claims"),
    "amount": gettext_lazy("how much is claimed"),
    "due": gettext_lazy("by when the case waits, in the reader's zone"),
    "tracking": gettext_lazy("the parcels' tracking numbers"),
    "buyer": gettext_lazy("the buyer's name"),
    "seller": gettext_lazy("the seller's name"),
}
NOTHING = "–"  # a case that is over has no deadline, one that was never sent no tracking number


def check(text: str) -> None:
    """Raises Invalid naming the variables that are unknown, or the brace that is not closed."""
    try:
        wrong = [name for name in _names(text) if name not in VARIABLES]
    except ValueError as error:
        raise Invalid(
            _("A brace is not closed. Write variables as {order}, and a brace itself twice: {{."),
            code="invalid_template",
        ) from error
    if wrong:
        raise Invalid(
            _("Unknown: %(wrong)s. Known are %(known)s.")
            % {"wrong": _list(wrong), "known": _list(VARIABLES)},
            code="unknown_variable",
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` (which passed `check`) with each variable's value."""
    parts = Formatter().parse(text)
    return "".join(
        literal + ("" if name is None else values.get(name) or NOTHING)
        for literal, name, _spec, _conversion in parts
    )


def _names(text: str) -> Iterator[str]:
    """Each variable as it was written, with whatever else stands in its braces."""
    for _literal, name, spec, conversion in Formatter().parse(text):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")


def _list(names: object) -> str:
    return ", ".join(f"{{{name}}}" for name in dict.fromkeys(map(str, names)))  # type: ignore[call-overload]
