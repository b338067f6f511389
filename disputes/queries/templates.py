"""Message templates, and what one says to the two sides of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from backoffice.audit.catalogue import moment
from backoffice.common.errors import NotFound
from backoffice.common.money import Money
from disputes.enums import Party, Reason, SubReason
from disputes.models import Case, MessageTemplate
from disputes.queries.filling import fill
from disputes.queries.zones import zone_of

ENGLISH, CHINESE = "en", "zh-hans"
# A party's language is known by its country, so far; elsewhere it is English.
SPOKEN = {"CN": CHINESE}


@dataclass(frozen=True, slots=True)
class Offered:
    """A template one may begin a message with: its code, and its title in the staff's language."""

    code: str
    title: str


def offered(language: str) -> list[Offered]:
    """The templates in use, by title."""
    rows = MessageTemplate.objects.filter(active=True)
    found = [Offered(t.code, t.title_zh_hans if language == CHINESE else t.title_en) for t in rows]
    return sorted(found, key=lambda each: each.title)


def begun(public_id: str, code: str) -> str:
    """What the template `code` says to both sides of a case, for staff to finish and send.

    In the language of each: where they differ, in both, the buyer's first. Times are in the zone of
    whoever reads that language, and say which it is. Raises NotFound.
    """
    template = MessageTemplate.objects.filter(code=code, active=True).first()
    related = ("order", "buyer", "seller")
    case = Case.objects.select_related(*related).filter(public_id=public_id).first()
    if template is None or case is None:
        raise NotFound("There is no such template or case.")
    zones: defaultdict[str, list[str]] = defaultdict(list)
    countries = {Party.BUYER: case.buyer.country, Party.SELLER: case.seller.country}
    for country, zone in ((countries[side], zone_of(case, side)) for side in countries):
        zones[SPOKEN.get(country, ENGLISH)].append(zone)
    return "\n\n".join(_filled(template, case, language, zones[language]) for language in zones)


def _filled(template: MessageTemplate, case: Case, language: str, zones: Iterable[str]) -> str:
    with translation.override(language):
        body = template.body_zh_hans if language == CHINESE else template.body_en
        return fill(body, _values(case, zones))


def _values(case: Case, zones: Iterable[str]) -> dict[str, str]:
    """What each variable says, in the present language."""
    reason = SubReason(case.sub_reason) if case.sub_reason else Reason(case.reason)
    amount = Money(case.requested_minor, case.currency)
    lines = case.lines.select_related("line").order_by("id")
    numbers = case.order.shipments.exclude(tracking_number="").order_by("id")
    return {
        "case": case.public_id,
        "order": case.order.external_id,
        "item": ", ".join(line.line.title for line in lines if line.line.title),
        "reason": str(reason.label),
        "amount": f"{amount.decimal():f} {amount.currency}",
        "due": _due(case, zones),
        "tracking": ", ".join(dict.fromkeys(numbers.values_list("tracking_number", flat=True))),
        "buyer": str(case.buyer),
        "seller": str(case.seller),
    }


def _due(case: Case, zones: Iterable[str]) -> str:
    """The deadline in each zone, every time once."""
    if case.expected_by is None:
        return ""
    said = []
    for zone in zones:
        with timezone.override(ZoneInfo(zone)):
            said.append(moment(case.expected_by))
    first, *others = dict.fromkeys(said)
    return f"{first} ({', '.join(others)})" if others else first
