"""The table that says what the two sides of a dispute may read of each other's words."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from backoffice.rulebook.engine.columns import Column, Hit, Kind, TableSchema
from backoffice.rulebook.vocabulary import CONTACT, STAGE

CONTACT_DATA = TableSchema(
    "contact_data",
    _("Contact data"),
    _("What one side's words hide from the other side; staff always read the original."),
    Hit.FIRST,
    (
        Column(
            "stage",
            Kind.ENUM,
            _("Where the case stood when it was written."),
            "{}",
            tuple(map(str, STAGE)),
            STAGE,
        ),
        Column(
            "contact",
            Kind.ENUM,
            _("What was found in the text."),
            "{}",
            tuple(map(str, CONTACT)),
            CONTACT,
        ),
    ),
    (
        Column(
            "masked",
            Kind.FLAG,
            _("Whether it is hidden from the other side."),
            words={True: _("hidden from the other side"), False: _("shown to both sides")},
        ),
    ),
)

TABLES = (CONTACT_DATA,)
