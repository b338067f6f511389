"""What staff fill in on the desk. Rules stay in the verbs; forms only read what was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backoffice.accounts.models import User
from backoffice.accounts.queries import colleagues
from backoffice.common.actors import ActorKind
from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from backoffice.files.forms import UploadField
from disputes.enums import BorneBy, EvidenceType, Party, Reason, Status, SubReason
from disputes.models.saved_view import LONGEST_NAME
from disputes.queries.queue import Search, View
from disputes.verbs.messages import MAX_LENGTH

ATTACHED = "attached"  # the field of files
FULL, PARTIAL, NONE = "full", "partial", "none"
ANY = ("", _("Any"))
# Some of the words stand in sentences too: in a list they begin like the others.
EVIDENCE_TYPES = [(kind, capfirst(label)) for kind, label in EvidenceType.choices]


def long_text(label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    """A text of several lines, as long as a message may be."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=MAX_LENGTH, widget=widget, help_text=help_text)


def date_input() -> forms.DateInput:
    """The browser's own field for a day, which sends it as 2026-03-04."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DeskForm(forms.Form):
    """A form of the case page. It says at which version, and after which event, the page was made.

    So nobody decides, or does the same thing twice, on a case that has changed meanwhile.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        # Several forms share a page, and an id may stand there once.
        name = type(self).__name__.lower()
        super().__init__(data, initial=dict(initial or {}), auto_id=f"{name}_%s", label_suffix="")


class PressForm(DeskForm):
    """A button: nothing to fill in."""


class BundleForm(forms.Form):
    """For whom an evidence bundle is, and why with originals; only staff's has them."""

    VIEWS = {
        "staff": (_("Staff: everything, internal notes and names included"), frozenset[str]()),
        "parties": (_("Both parties"), frozenset({Party.BUYER, Party.SELLER})),
        "buyer": (_("The buyer"), frozenset({Party.BUYER})),
        "seller": (_("The seller"), frozenset({Party.SELLER})),
    }

    view = forms.ChoiceField(
        label=_("For whom"), choices=[(name, label) for name, (label, _sides) in VIEWS.items()]
    )
    reason = forms.CharField(
        label=_("With the originals, because"),
        required=False,
        max_length=500,
        help_text=_("Leave it empty to take the bundle without them. The reason is kept."),
    )

    def clean(self) -> dict[str, Any]:
        """The sides whose view it is (none for staff's), and the reason."""
        found = super().clean() or {}
        sides = self.VIEWS[found["view"]][1] if "view" in found else frozenset()
        if sides and found.get("reason"):
            self.add_error("reason", _("Only staff's bundle has originals."))
        return found | {"view": frozenset(map(ActorKind, sides))}


class AssignForm(DeskForm):
    """Whom a case is handed to, and why."""

    colleague = forms.ModelChoiceField(label=_("Hand over to"), queryset=User.objects.none())
    note = long_text(_("Why, for the colleague"), 2)

    def __init__(
        self, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial)
        field = self.fields["colleague"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues("disputes", "adjudicate_case")


class MessageForm(DeskForm):
    """A message to both sides: words, files, or both (the verb says if there is neither)."""

    message = long_text(_("Message to buyer and seller"), 3)
    attached = UploadField()

    def __init__(
        self, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial)
        self.fields["message"].required = False


class NoteForm(DeskForm):
    """An internal note."""

    note = long_text(_("Internal note"), 3, _("Staff alone read this."))


class ExtendForm(DeskForm):
    """More time for whoever the case waits for."""

    hours = forms.IntegerField(label=_("Hours more"), min_value=1, max_value=9999)
    reason = long_text(_("Why"), 2, _("Both sides read this."))


class ReturnAddressForm(DeskForm):
    """Where goods go back to, where the seller told staff and not the page."""

    address = long_text(_("Where the goods go back to"), 3, _("The buyer is told."))


class SendBackForm(DeskForm):
    """Why a proposed decision is not approved."""

    note = long_text(_("Why it goes back"), 2)


class ReconsiderForm(DeskForm):
    """Why a decision shown to both sides is looked at again."""

    note = long_text(_("Why it is looked at again"), 2, _("Both sides read this."))


class EvidenceRequestForm(DeskForm):
    """What one side is asked for."""

    party = forms.ChoiceField(
        label=_("Ask"),
        choices=[(Party.BUYER.value, _("The buyer")), (Party.SELLER.value, _("The seller"))],
        widget=forms.RadioSelect,
    )
    evidence_type = forms.ChoiceField(label=_("For"), choices=EVIDENCE_TYPES)
    note = long_text(_("What exactly, in words for them"), 3)


class AdjudicateForm(DeskForm):
    """The ruling: how much, who bears it, and why. `refund` is set once the form is valid."""

    decision = forms.ChoiceField(
        label=_("Refund"),
        choices=[(FULL, _("In full")), (PARTIAL, _("In part")), (NONE, _("None"))],
        widget=forms.RadioSelect,
    )
    amount = forms.CharField(
        label=_("Amount, if in part"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    borne_by = forms.ChoiceField(
        label=_("Who bears it"), choices=BorneBy.choices, widget=forms.RadioSelect, required=False
    )
    reason = long_text(_("Why"), 4, _("Both sides read this."))

    def __init__(
        self,
        requested: Money,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial)
        self.requested = requested
        self.refund = Money(0, requested.currency)

    def clean(self) -> dict[str, Any]:
        """Read the amount in the case's currency."""
        cleaned = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        if decision == FULL:
            self.refund = self.requested
        elif decision == PARTIAL:
            self._read_amount(cleaned.get("amount", ""))
        return cleaned

    def _read_amount(self, text: str) -> None:
        try:
            self.refund = Money.parse(text.strip(), self.requested.currency)
        except Invalid:
            example = Money(1230, self.requested.currency).decimal()
            told = _("Write the amount in digits, such as %(example)s, and no finer than that.")
            self.add_error("amount", told % {"example": f"{example:f}"})


class SearchForm(forms.Form):
    """The queue's filters, from the address: what it does not know asks for nothing."""

    view = forms.ChoiceField(choices=[(v.value, v.value) for v in View], required=False)
    text = forms.CharField(
        label=_("Case, order, seller, buyer or tracking number"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[ANY, *((s, n) for s, n in Status.choices if s != Status.RESOLVED)],
        required=False,
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[ANY, (Reason.NOT_RECEIVED.value, Reason.NOT_RECEIVED.label), *SubReason.choices],
        required=False,
    )
    assignee = forms.ChoiceField(
        label=_("Taken by"),
        choices=[ANY, ("mine", _("Me")), ("nobody", _("Nobody"))],
        required=False,
    )
    above_limit = forms.BooleanField(label=_("Above the approval limit"), required=False)
    after = forms.CharField(widget=forms.HiddenInput, required=False)

    def search(self) -> Search:
        """What is looked for; a field that cannot be read is left out."""
        self.full_clean()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        view = View(asked.pop("view", View.TO_DECIDE))
        return Search(view=view, **asked)


class SavedViewForm(forms.Form):
    """The name for a search, and whether all staff see it."""

    name = forms.CharField(label=_("Keep this search as"), max_length=LONGEST_NAME)
    shared = forms.BooleanField(label=_("for all staff"), required=False)


class PeriodForm(forms.Form):
    """The days a page of figures is about."""

    LONGEST = 366
    days = forms.IntegerField(min_value=1, max_value=LONGEST, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=date_input())
    until = forms.DateField(label=_("To"), required=False, widget=date_input())
