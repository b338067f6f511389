"""The catalogue of audit actions: what each says in a sentence, and who may see it.

Each app declares its own in `actions.py`. Staff and auditors see every action; the parties of a
subject see those that name them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from string import Formatter
from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.common.actors import ActorKind

PARTIES = frozenset({ActorKind.BUYER, ActorKind.SELLER})
NOBODY: frozenset[ActorKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Action:
    """One kind of event.

    `name` is `subject.what`. `sentence` is a (translatable) template over the event's data and
    `actor`: `{actor} claimed {amount:money}.` A field's format is one of `money` (our JSON shape),
    `time` (shown in the reader's zone), `words` (NOT_RECEIVED -> not received, translated: each
    app lists its words beside its actions), or none. What follows a `+` stands before the field,
    and goes with it where it is empty: `{to} was paid{by:words+, borne by: }.`
    `parties` are those who may see it beside staff.
    """

    name: str
    sentence: str | Promise
    parties: frozenset[ActorKind] = PARTIES

    def seen_by(self, reader: ActorKind) -> bool:
        """Whether a reader of this kind may see such events."""
        return reader not in PARTIES or reader in self.parties


_ACTIONS: dict[str, Action] = {}


def register(*actions: Action) -> None:
    """Add to the catalogue. Raises ValueError for a name already taken by another action."""
    for action in actions:
        if _ACTIONS.setdefault(action.name, action) != action:
            raise ValueError(f"the audit action {action.name} is declared twice")


def actions() -> list[Action]:
    """Every action, by name."""
    return sorted(_ACTIONS.values(), key=lambda action: action.name)


def find(name: str) -> Action:
    """The action called `name`. Raises LookupError for one that no app declares."""
    try:
        return _ACTIONS[name]
    except KeyError:
        raise LookupError(f"{name} is in no app's actions.py") from None


def sentence(
    name: str, actor: Mapping[str, str], data: Mapping[str, Any], reader: ActorKind
) -> str:
    """What happened, in a sentence for `reader`, in the present language and time zone."""
    template = str(find(name).sentence)
    return _Sentence().vformat(template, (), {**data, "actor": actor_name(actor, reader)})


ACTOR_NAMES = {
    ActorKind.BUYER: _("The buyer"),
    ActorKind.SELLER: _("The seller"),
    ActorKind.STAFF: _("Staff"),
    ActorKind.MARKETPLACE: _("The marketplace"),
    ActorKind.SYSTEM: _("Redress"),
}


def actor_name(actor: Mapping[str, str], reader: ActorKind) -> str:
    """Who acted, as `reader` may know it: the parties do not learn the names of staff."""
    kind = ActorKind(actor["kind"])
    if kind == ActorKind.STAFF and reader not in PARTIES:
        return actor.get("name") or str(ACTOR_NAMES[kind])
    return str(ACTOR_NAMES[kind])


# What an empty field left: a space before a full stop, comma or bracket, or brackets of nothing.
_GAP = re.compile(r" +([.,;:)。，；：）])|（）")


class _Sentence(Formatter):
    """`str.format` for events: a field an older event lacks becomes a dash, an empty one goes."""

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        text = super().vformat(format_string, args, kwargs)
        return _GAP.sub(r"\1", " ".join(text.split()))

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key))

    def format_field(self, value: Any, format_spec: str) -> str:
        if value == "":
            return ""
        name, _plus, before = format_spec.partition("+")
        return before + ("–" if value is None else _FORMATS[name](value))


def _money(value: Mapping[str, str]) -> str:
    return f"{Decimal(value['value']):,f} {value['currency_code']}"


def moment(value: str | datetime) -> str:
    """A time in the present language and zone, which it names: 4 Mar 2026, 15:07 UTC+1."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    local = timezone.localtime(at)
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} {_offset(local)}"


def _offset(local: datetime) -> str:
    """UTC, UTC+8 or UTC+5:30: abbreviations such as CST name several zones."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")


def _words(value: str | list[str]) -> str:
    codes = value if isinstance(value, list) else [value]
    return gettext(", ").join(gettext(str(code).replace("_", " ").lower()) for code in codes)


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


_FORMATS = {"": _plain, "money": _money, "time": moment, "words": _words}
