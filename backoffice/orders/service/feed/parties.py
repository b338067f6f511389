"""Sellers and buyers, as their orders name them."""

from __future__ import annotations

from collections.abc import Iterable

from backoffice.common import bulk
from backoffice.orders.enums import Standing
from backoffice.orders.models import Buyer, Seller
from backoffice.orders.queries.among import Among
from backoffice.orders.service.feed.items import PartyItem


def keep_parties(model: type[Seller | Buyer], told: Iterable[PartyItem]) -> dict[str, int]:
    """Insert or update the parties told of; returns their ids by external id. At most 5 queries.

    The last non-empty name and country told of a party stay.
    """
    latest: dict[str, tuple[str, str]] = {}
    for party in told:
        name, country = latest.get(party.external_id, ("", ""))
        latest[party.external_id] = (party.name or name, party.country or country)
    known = _known(model, latest)
    new = [(ref, *latest[ref]) for ref in sorted(latest.keys() - known.keys())]
    if model is Seller:
        columns: tuple[str, ...] = ("external_id", "name", "country", "standing")
        bulk.append(model, columns, [(*row, Standing.GOOD.value) for row in new])
    else:
        bulk.append(model, ("external_id", "name", "country"), new)
    changed = []
    for ref, (pk, name, country) in sorted(known.items()):
        now = (latest[ref][0] or name, latest[ref][1] or country)
        if now != (name, country):
            changed.append((pk, *now))
    bulk.update(model, ("id",), ("name", "country"), changed)
    if new:
        known |= _known(model, [ref for ref, *_ in new])
    return {ref: row[0] for ref, row in known.items()}


def refs_of(model: type[Seller | Buyer], pks: Iterable[int]) -> dict[int, str]:
    """Parties' external ids by id."""
    rows = model._default_manager.filter(Among("id", pks))
    return dict(rows.values_list("id", "external_id"))


def _known(model: type[Seller | Buyer], refs: Iterable[str]) -> dict[str, tuple[int, str, str]]:
    rows = model._default_manager.filter(Among("external_id", refs))
    return {
        ref: (pk, name, country)
        for ref, pk, name, country in rows.values_list("external_id", "id", "name", "country")
    }
