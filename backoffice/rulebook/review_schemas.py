"""The tables that say how staff work: locks, comment on proposals, appeals, second looks."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from backoffice.rulebook.engine.columns import Column, Hit, Kind, TableSchema
from backoffice.rulebook.vocabulary import REASON

_REASON = Column(
    "reason",
    Kind.ENUM,
    _("What the buyer claims went wrong."),
    "{}",
    tuple(map(str, REASON)),
    REASON,
)
_VALUE = Column(
    "value",
    Kind.MONEY,
    _("The amount at stake, converted by the version's rates."),
    says=_("worth {}"),
)

ASSIGNMENT = TableSchema(
    "assignment",
    _("Assignment"),
    _("How long a case stays locked to the member of staff who took it and does nothing."),
    Hit.FIRST,
    (_VALUE,),
    (
        Column(
            "locked_for",
            Kind.DURATION,
            _("Time from the last step of who has the case until it is free again."),
            says=_("locked for {}"),
        ),
    ),
)

COMMENT_PERIOD = TableSchema(
    "comment_period",
    _("Comment period"),
    _("Whether both sides see a decision of staff, and may comment, before it is final."),
    Hit.FIRST,
    (_REASON, _VALUE),
    (
        Column(
            "shown_first",
            Kind.FLAG,
            _("Whether it is proposed to both sides first; for how long, *Response times* says."),
            words={True: _("proposed to both sides first"), False: _("final at once")},
        ),
    ),
)

APPEAL_WINDOW = TableSchema(
    "appeal_window",
    _("Appeal window"),
    _("How long after a decision a side may appeal against it."),
    Hit.FIRST,
    (_REASON,),
    (
        Column(
            "open_for",
            Kind.DAYS,
            _("Days from the decision; 0 allows no appeal."),
            says=_("appeal within {}"),
            words={0: _("no appeal")},
        ),
    ),
)

QUALITY_SAMPLE = TableSchema(
    "quality_sample",
    _("Quality sample"),
    _("What share of staff's decisions somebody else looks at again."),
    Hit.FIRST,
    (_REASON, _VALUE),
    (
        Column(
            "share",
            Kind.PERCENT,
            _("Percent of the decisions, drawn by the case's id."),
            says=_("{} looked at again"),
            words={0: _("none looked at again"), 100: _("every one looked at again")},
        ),
    ),
)

TABLES = (ASSIGNMENT, COMMENT_PERIOD, APPEAL_WINDOW, QUALITY_SAMPLE)
