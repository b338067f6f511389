"""The decision tables of Redress: fixed names, typed columns, and the words that read them aloud.

A rulebook supplies the rows. `_` marks the phrases for translation; pages translate them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from backoffice.rulebook.engine.book import Rulebook
from backoffice.rulebook.engine.columns import Column, Hit, Kind, Pairing, TableSchema
from backoffice.rulebook.review_schemas import TABLES as REVIEW_TABLES
from backoffice.rulebook.settling_schemas import TABLES as SETTLING_TABLES
from backoffice.rulebook.talking_schemas import TABLES as TALKING_TABLES
from backoffice.rulebook.vocabulary import (
    BORNE_BY,
    CLOSES_FROM,
    CONSEQUENCE,
    DECIDED_BY,
    EVIDENCE,
    OPENS_FROM,
    PARTY,
    REASON,
    SELLER_ANSWER,
    TRACKING,
    WAITING,
    Words,
)


def _enum(name: str, words: Words, about: str, *, says: str = "{}", joined: bool = False) -> Column:
    return Column(name, Kind.ENUM, about, says, tuple(map(str, words)), words, joined=joined)


_REASON = _enum("reason", REASON, _("What the buyer claims went wrong."))
_VALUE = Column(
    "value",
    Kind.MONEY,
    _("The amount at stake, converted by the version's rates."),
    says=_("worth {}"),
)
_WAITING = _enum("waiting", WAITING, _("What the case waits for."))

DELIVERY_WINDOW = TableSchema(
    "delivery_window",
    _("Delivery window"),
    _("By when an order must be delivered: the promise the buyer is protected by."),
    Hit.FIRST,
    (
        Column("category", Kind.OPEN, _("The listing's category."), says=_("category {}")),
        _VALUE,
        Column(
            "destination", Kind.OPEN, _("The country sent to (ISO 3166)."), says=_("sent to {}")
        ),
    ),
    (
        Column(
            "max_days",
            Kind.DAYS,
            _("Days from purchase to the last day of delivery."),
            says=_("delivery within {}"),
        ),
        Column(
            "late_scan_restarts",
            Kind.FLAG,
            _("Whether a shipment first scanned after the deadline restarts the clock."),
            words={
                True: _("a late first scan restarts the clock"),
                False: _("a late first scan changes nothing"),
            },
        ),
        Column(
            "signature_wanted",
            Kind.FLAG,
            _("Whether a signature at delivery is wanted as proof."),
            words={True: _("signature wanted"), False: _("no signature wanted")},
        ),
    ),
)

CLAIM_WINDOW = TableSchema(
    "claim_window",
    _("Claim window"),
    _("From when until when a buyer may claim."),
    Hit.FIRST,
    (
        _REASON,
        Column(
            "promise",
            Kind.DAYS,
            _("The order's delivery window in days (max_days)."),
            says=_("promised in {}"),
        ),
    ),
    (
        Column(
            "opens_after",
            Kind.DAYS,
            _("Days after the moment opens_from until a claim may be made."),
            says=_("opens {} after"),
            words={0: _("opens at")},
        ),
        _enum("opens_from", OPENS_FROM, _("The moment the opening is counted from."), joined=True),
        Column(
            "closes_after",
            Kind.DAYS,
            _("Days after the moment closes_from until it is too late."),
            says=_("closes {} after"),
            words={0: _("closes at")},
        ),
        _enum("closes_from", CLOSES_FROM, _("The moment the end is counted from."), joined=True),
    ),
)

CLAIM_LIMIT = TableSchema(
    "claim_limit",
    _("Claim limit"),
    _("The most a buyer may ask for, in percent of what was paid."),
    Hit.FIRST,
    (_REASON,),
    (
        Column(
            "max_percent",
            Kind.PERCENT,
            _("Percent of the price paid."),
            says=_("at most {} of the price"),
        ),
    ),
)

RESPONSE_TIMES = TableSchema(
    "response_times",
    _("Response times"),
    _("How long a party or the platform has before its silence counts."),
    Hit.FIRST,
    (_WAITING, _VALUE),
    (
        # At least an hour: a time that is over at once would be over again and again.
        Column(
            "limit", Kind.DURATION, _("Time until silence counts."), says=_("within {}"), lowest=1
        ),
    ),
)

EVIDENCE_ASKED = TableSchema(
    "evidence_asked",
    _("Evidence asked for"),
    _("What each party is asked to show; every row that matches adds one item."),
    Hit.COLLECT,
    (_REASON, _enum("party", PARTY, _("Who is asked."))),
    (
        _enum("evidence_type", EVIDENCE, _("PayPal's evidence type.")),
        Column(
            "required",
            Kind.FLAG,
            _("Whether the party's turn ends only with it."),
            words={True: _("required"), False: _("welcome")},
        ),
    ),
)

_TO_REVIEW = ("ESCALATE", "REVIEW")
_ON_A_RETURN = ("REFUND", *_TO_REVIEW, "CLOSE")
# Time never decides for staff; the rest is what a lapse knows to do (disputes/verbs/lapsing.py).
_CONSEQUENCES_OF = {
    "BUYER_MINIMUM": ("CLOSE", *_TO_REVIEW),
    "SELLER_RESPONSE": ("RULE", *_TO_REVIEW, "CLOSE"),
    "NEGOTIATION": ("RULE", *_TO_REVIEW, "CLOSE"),
    "OFFER_RESPONSE": ("EXPIRE", *_TO_REVIEW, "CLOSE"),
    "BUYER_EVIDENCE": ("RULE", *_TO_REVIEW, "CLOSE"),
    "SELLER_EVIDENCE": ("RULE", *_TO_REVIEW, "CLOSE"),
    "REVIEW": ("REMIND",),
    "REVIEW_REMINDER": ("REMIND",),
    "APPROVAL": ("REMIND",),
    "APPEAL": ("REMIND",),
    "COMMENT": ("FINAL",),
    "RETURN_ADDRESS": _ON_A_RETURN,
    "RETURN_SHIPMENT": _ON_A_RETURN,
    "RETURN_RECEIPT": _ON_A_RETURN,
    "RETURN_ACKNOWLEDGEMENT": _ON_A_RETURN,
    "DEDUCTION": ("REFUND", *_TO_REVIEW),
}

SILENCE = TableSchema(
    "silence",
    _("Silence"),
    _("What happens when the time is over and nobody answered."),
    Hit.FIRST,
    (_WAITING, _REASON),
    (_enum("consequence", CONSEQUENCE, _("What the lapse does.")),),
    Pairing("waiting", "consequence", _CONSEQUENCES_OF),
)

RULING = TableSchema(
    "ruling",
    _("Ruling"),
    _("The recommended decision, and whether a rule or people make it."),
    Hit.FIRST,
    (
        _REASON,
        _enum("tracking", TRACKING, _("What the carrier's scans say, taken together.")),
        Column(
            "proof_of_shipment",
            Kind.FLAG,
            _("Whether the seller handed the goods over: a scan or accepted evidence."),
            words={True: _("proof of shipment"), False: _("no proof of shipment")},
        ),
        Column(
            "days_late",
            Kind.DAYS,
            _("Whole days past the promise, at delivery or else now; 0 or less is in time."),
            says=_("{} late"),
            lowest=None,
            words={"<= 0": _("not late"), ">= 1": _("late")},
        ),
        _enum(
            "seller_answer", SELLER_ANSWER, _("What the seller answered."), says=_("the seller {}")
        ),
    ),
    (
        Column(
            "refund_percent",
            Kind.PERCENT,
            _("Percent of the amount claimed that is refunded."),
            says=_("{} refund"),
            words={100: _("full refund"), 0: _("no refund")},
        ),
        Column(
            "borne_by",
            Kind.ENUM,
            _("Who bears the refund. Who is paid is another question: the buyer, at once."),
            values=tuple(map(str, BORNE_BY)),
            words=BORNE_BY,
            moot_when=("refund_percent", 0),
        ),
        Column(
            "return_needed",
            Kind.FLAG,
            _("Whether the goods go back first."),
            words={True: _("after the goods are returned"), False: _("no return needed")},
            moot_when=("refund_percent", 0),
        ),
        _enum("decided_by", DECIDED_BY, _("Who may make it final.")),
    ),
)

APPROVAL_LIMIT = TableSchema(
    "approval_limit",
    _("Approval limit"),
    _("From which amount on a second person must approve."),
    Hit.FIRST,
    (_VALUE,),
    (
        Column(
            "decided_by",
            Kind.ENUM,
            _("Who may make it final."),
            values=("STAFF", "TWO_STAFF"),
            words={value: DECIDED_BY[value] for value in ("STAFF", "TWO_STAFF")},
        ),
    ),
)

SCHEMAS: Mapping[str, TableSchema] = {
    schema.name: schema
    for schema in (
        DELIVERY_WINDOW,
        CLAIM_WINDOW,
        CLAIM_LIMIT,
        RESPONSE_TIMES,
        EVIDENCE_ASKED,
        SILENCE,
        RULING,
        APPROVAL_LIMIT,
        *SETTLING_TABLES,
        *TALKING_TABLES,
        *REVIEW_TABLES,
    )
}


def load(document: Mapping[str, Any], version: int) -> Rulebook:
    """`document` as a rulebook with all of Redress's tables. Raises RulebookError."""
    return Rulebook.load(document, version, SCHEMAS)
