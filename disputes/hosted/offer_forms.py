"""Offers and returns on the hosted page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.common.actors import ActorKind
from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from backoffice.common.templatetags.amounts import money
from backoffice.files.forms import UploadField
from disputes.enums import Acknowledgement, OfferType
from disputes.forms import long_text
from disputes.hosted.forms import PartyForm, SureForm
from disputes.models.offer import REPLACING
from disputes.verbs.acknowledgements import most_deduction


class MakeOfferForm(PartyForm):
    """What one side offers the other."""

    offer_type = forms.ChoiceField(label=_("What you offer"), choices=OfferType.choices)
    amount = forms.CharField(
        label=_("Refund"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    note = long_text(_("In your own words"), 3)
    return_address = long_text(_("Where the goods go back to, if they do"), 3)
    button = pgettext_lazy("button", "Offer")

    def prepare(self) -> None:
        """The currency is the case's; words and address may be left out."""
        self.fields["amount"].help_text = _(
            "In %(currency)s, at most %(amount)s; empty for none."
        ) % {
            "currency": self.case.currency,
            "amount": money(self.case.requested),
        }
        if self.side == ActorKind.BUYER:
            del self.fields["return_address"]  # only the seller says where goods go back to
        for name in self.fields.keys() & {"note", "return_address"}:
            self.fields[name].required = False

    def clean_amount(self) -> Money | None:
        """The amount in the case's currency."""
        text = self.cleaned_data["amount"].strip()
        try:
            return Money.parse(text, self.case.currency) if text else None
        except Invalid as error:
            example = f"{Money(1230, self.case.currency).decimal():f}"
            raise forms.ValidationError(
                _("Write the amount in digits, such as %(example)s.") % {"example": example}
            ) from error


class AcceptOfferForm(SureForm):
    """Yes to the open offer: it happens at once."""

    said = _("I accept this offer. This ends the claim and cannot be undone.")
    button = _("Accept the offer")

    def prepare(self) -> None:
        """What is to be replaced can be claimed again."""
        super().prepare()
        if self.case.offer and self.case.offer.offer_type in REPLACING:
            again = _("If the replacement does not come in time, it can be claimed again.")
            self.fields["sure"].label = f"{self.fields['sure'].label} {again}"


class DenyOfferForm(PartyForm):
    """No to the open offer."""

    note = long_text(_("In your own words"), 3)
    button = _("Refuse the offer")

    def prepare(self) -> None:
        """A no needs no words."""
        self.fields["note"].required = False


class ReturnAddressForm(PartyForm):
    """Where the goods go back to."""

    address = long_text(_("Where the goods go back to"), 3)
    button = _("Send the address")


class ShipReturnForm(PartyForm):
    """The goods are on their way back."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=60)
    button = _("I have sent it")


class AcknowledgeReturnForm(PartyForm):
    """What came back."""

    acknowledgement = forms.ChoiceField(label=_("What came back"), choices=Acknowledgement.choices)
    deduction_percent = forms.IntegerField(label=_("Deduction in percent"), min_value=0, initial=0)
    note = long_text(_("In your own words"), 3)
    attached = UploadField()

    def prepare(self) -> None:
        """A plain receipt needs no words; a deduction has its most."""
        self.fields["note"].required = False
        self.fields["deduction_percent"].required = False
        self.fields["deduction_percent"].help_text = _(
            "For a damaged or used item, at most %(percent)d%%, with a photo of it."
            " If the item was received, the refund is paid at once."
        ) % {"percent": most_deduction(self.case)}

    def params(self) -> dict[str, Any]:
        """Without a number, nothing is deducted."""
        told = super().params()
        return told | {"deduction_percent": told["deduction_percent"] or 0}


class AcceptDeductionForm(SureForm):
    """The buyer takes the rest."""

    said = _("I accept the deduction and take the rest. This cannot be undone.")
    button = _("Accept the deduction")


class ContestDeductionForm(PartyForm):
    """The buyer says why the deduction is wrong."""

    note = long_text(_("Why the deduction is wrong"), 3)
    attached = UploadField()
    button = _("Ask us to decide")
