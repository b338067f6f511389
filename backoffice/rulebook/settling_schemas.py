"""The tables that say how the two sides settle: offers, returns, more time."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from backoffice.rulebook.engine.columns import Column, Hit, Kind, TableSchema
from backoffice.rulebook.vocabulary import REASON, WAITING

_REASON = Column(
    "reason",
    Kind.ENUM,
    _("What the buyer claims went wrong."),
    "{}",
    tuple(map(str, REASON)),
    REASON,
)
_WAITING = Column(
    "waiting",
    Kind.ENUM,
    _("What the case waits for."),
    "{}",
    tuple(map(str, WAITING)),
    WAITING,
)

OFFERS = TableSchema(
    "offers",
    _("Offers"),
    _("How many offers, both sides' together, a case may have."),
    Hit.FIRST,
    (_REASON,),
    (
        Column(
            "max_offers",
            Kind.COUNT,
            _("Offers and counter-offers; 0 allows none."),
            says=_("at most {} offers"),
            words={0: _("no offers"), 1: _("one offer")},
        ),
    ),
)

RETURNS = TableSchema(
    "returns",
    _("Returns"),
    _("The most that may be kept of a refund for an item that comes back damaged or used."),
    Hit.FIRST,
    (_REASON,),
    (
        Column(
            "max_deduction",
            Kind.PERCENT,
            _("Percent of the agreed refund; 0 allows no deduction."),
            says=_("at most {} deducted"),
            words={0: _("nothing deducted")},
        ),
    ),
)

EXTENSIONS = TableSchema(
    "extensions",
    _("Extensions"),
    _("By how much a deadline may be moved, all its extensions together."),
    Hit.FIRST,
    (_WAITING,),
    (
        Column(
            "longest",
            Kind.DURATION,
            _("Time added to the response time; 0 hours allow no extension."),
            says=_("at most {} more"),
            words={0: _("no extension")},
        ),
    ),
)

TABLES = (OFFERS, RETURNS, EXTENSIONS)
