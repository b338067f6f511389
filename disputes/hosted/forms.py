"""What a party fills in on the hosted page: one form for each verb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backoffice.common.actors import ActorKind
from backoffice.common.templatetags.amounts import money
from backoffice.files.forms import UploadField
from disputes.enums import DenyReason
from disputes.forms import EVIDENCE_TYPES, long_text
from disputes.queries.known import Snapshot

Words = str | Promise


class PartyForm(forms.Form):
    """A form of the page; `version` is the case's, as the page showed it.

    One that answers what the other side asked is shown `unfolded`.
    """

    button: Words = _("Send")
    unfolded = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        case: Snapshot,
        data: Mapping[str, Any] | None = None,
        asked: tuple[str, ...] = (),
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        side: ActorKind = ActorKind.SELLER,
    ) -> None:
        name = type(self).__name__.lower()
        initial = {"version": case.version}
        super().__init__(data, files, initial=initial, auto_id=f"{name}_%s", label_suffix="")
        self.case, self.asked, self.side = case, asked, side
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the case, and to whose form it is."""

    def params(self) -> dict[str, Any]:
        """What the verb is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class SureForm(PartyForm):
    """A step that cannot be taken back: it is confirmed first."""

    said: Words = _("I am sure")
    sure = forms.BooleanField(label="")

    def prepare(self) -> None:
        """Say what will happen beside the box."""
        self.fields["sure"].label = str(self.said) % {"amount": money(self.case.requested)}

    def params(self) -> dict[str, Any]:
        """Nothing but that it is done."""
        return {}


class MessageForm(PartyForm):
    """A message to the other side and to the marketplace's staff."""

    body = long_text(_("Your message"), 4)
    attached = UploadField()

    def prepare(self) -> None:
        """A photo may do without words."""
        self.fields["body"].required = False


class AcceptClaimForm(SureForm):
    """The seller grants the claim."""

    said = _("Pay the buyer %(amount)s. This cannot be undone.")
    button = _("Accept and pay")


class WithdrawForm(SureForm):
    """The buyer takes the claim back."""

    said = _("I take my claim over %(amount)s back. It cannot be made again for the same reason.")
    button = _("Withdraw the claim")


class DenyForm(PartyForm):
    """The seller denies the claim."""

    reason = forms.ChoiceField(label=_("Why"), choices=DenyReason.choices)
    note = long_text(_("In your own words"), 3)
    button = _("Deny the claim")


class EscalateForm(PartyForm):
    """Ask the marketplace to decide."""

    note = long_text(_("What should we know?"), 3)
    button = _("Ask us to decide")


class EvidenceForm(PartyForm):
    """A text, a tracking number, photos: one of them is enough."""

    evidence_type = forms.ChoiceField(label=_("What it shows"), choices=EVIDENCE_TYPES)
    note = long_text(_("In your own words"), 3)
    carrier = forms.CharField(label=_("Carrier"), max_length=60, required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=60, required=False)
    attached = UploadField()

    def prepare(self) -> None:
        """What was asked for stands first; a number or a photo may do without words."""
        self.fields["note"].required = False
        places = {kind: place for place, kind in reversed(list(enumerate(self.asked)))}
        ordered = sorted(EVIDENCE_TYPES, key=lambda kind: places.get(kind[0], len(places)))
        self.fields["evidence_type"].choices = ordered  # type: ignore[attr-defined]


class AppealForm(PartyForm):
    """A side does not accept the decision."""

    text = long_text(
        _("What is new, or was not seen?"), 5, _("Somebody else looks at the case. Once only.")
    )
    button = _("Appeal")
