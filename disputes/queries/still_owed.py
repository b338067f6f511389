"""How much a case under appeal may come to, whatever was paid on its order since."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Sum

from backoffice.common.bulk import among
from backoffice.orders.models import OrderLine, Remedy
from backoffice.rulebook.queries import book
from disputes.models import Case, CaseLine
from disputes.queries.known import Owed, ruling_reason


def still_owed(case_ids: list[int]) -> dict[int, Owed]:
    """The most that each case may have paid and been credited in the end.

    What it claims, and no more than each of its lines and its order have left: other claims on
    them, and what the marketplace refunded on its own, come off. (The rule of filing a claim,
    looked at again because things happened since.)
    """
    if not case_ids:
        return {}
    cases = list(Case.objects.filter(id__in=among(case_ids)).select_related("order"))
    claimed = _claimed(case_ids)
    lines, paid, credited = _around({case.order_id for case in cases})
    found = {}
    for case in cases:
        mine = claimed[case.pk]
        limit = _limit(case)
        by_line: dict[int, int] = {}
        others = 0
        for line_id, value in lines[case.order_id]:
            elsewhere = sum(p for owner, p in paid[line_id] if owner != case.public_id)
            if line_id in mine:
                by_line[line_id] = max(0, min(mine[line_id], value * limit // 100 - elsewhere))
            else:
                others += max(0, value - elsewhere)
        left = sum(by_line.values())
        beside = case.order.refunded_minor - credited[case.order_id]
        found[case.pk] = Owed(max(0, min(left, left + others - beside)), by_line)
    return found


def _limit(case: Case) -> int:
    reason = ruling_reason(case.reason, case.sub_reason)
    rules = book(case.rulebook_number)
    return rules.evaluate("claim_limit", {"reason": reason}).number("max_percent")


def _claimed(case_ids: list[int]) -> defaultdict[int, dict[int, int]]:
    claimed: defaultdict[int, dict[int, int]] = defaultdict(dict)
    rows = CaseLine.objects.filter(case_id__in=among(case_ids))
    for case_id, line_id, minor in rows.values_list("case_id", "line_id", "requested_minor"):
        claimed[case_id][line_id] = minor
    return claimed


Lines = defaultdict[int, list[tuple[int, int]]]
Paid = defaultdict[int, list[tuple[str, int]]]


def _around(order_ids: set[int]) -> tuple[Lines, Paid, defaultdict[int, int]]:
    """By order its lines and their values, by line who paid what, by order what was credited.

    An open remedy counts with all that its case claims of the line.
    """
    lines: Lines = defaultdict(list)
    rows = OrderLine.objects.filter(order_id__in=order_ids)
    for pk, order_id, price, freight in rows.values_list(
        "id", "order_id", "price_minor", "freight_minor"
    ):
        lines[order_id].append((pk, price + freight))
    claims = CaseLine.objects.filter(case__order_id__in=order_ids, case__due_at__isnull=False)
    open_claims = {
        (owner, line_id): minor
        for owner, line_id, minor in claims.values_list(
            "case__public_id", "line_id", "requested_minor"
        )
    }
    paid: Paid = defaultdict(list)
    remedies = Remedy.objects.filter(line__order_id__in=order_ids)
    for owner, line_id, minor in remedies.values_list("owner", "line_id", "paid_minor"):
        paid[line_id].append((owner, max(minor, open_claims.get((owner, line_id), 0))))
    credited: defaultdict[int, int] = defaultdict(int)
    sums = Case.objects.filter(order_id__in=order_ids).values("order_id")
    for row in sums.annotate(total=Sum("credited_minor")):
        credited[row["order_id"]] = row["total"]
    return lines, paid, credited
