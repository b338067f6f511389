"""What staff fill in to rule on a case, first and on appeal. Rules stay in the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.common.errors import Invalid
from backoffice.common.money import Money
from disputes.enums import AppealOutcome, DecisionCode
from disputes.forms import FULL, NONE, PARTIAL, AdjudicateForm, long_text
from disputes.queries.known import Snapshot
from disputes.verbs.line_amounts import LineAward

BY_LINE = "by-line"
WHOLE = ((FULL, _("In full")), (PARTIAL, _("In part")), (NONE, _("None")))
MOST_LINES = 20  # more are ruled on as a whole


class RulingForm(AdjudicateForm):
    """A ruling as a whole or line by line, with a reason in a word and a text for each side."""

    return_needed = forms.BooleanField(label=_("After the goods are returned"), required=False)
    code = forms.ChoiceField(
        label=_("Reason in a word"),
        choices=[("", "—"), *DecisionCode.choices],
        required=False,
        help_text=_("Each side reads this reason's text, unless you write your own below."),
    )
    buyer_text = long_text(_("To the buyer, in your words"), 2)
    seller_text = long_text(_("To the seller, in your words"), 2)

    def __init__(
        self,
        case: Snapshot,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(case.requested, data, initial)
        self.case, self.awards = case, dict[str, LineAward]()
        for name in ("buyer_text", "seller_text"):
            self.fields[name].required = False
        if 1 < len(case.lines) <= MOST_LINES:
            self._add_lines()

    def _add_lines(self) -> None:
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ChoiceField)
        decision.choices = [*WHOLE, (BY_LINE, _("By line"))]
        for place, line in enumerate(self.case.lines):
            claimed = Money(line.requested_minor, self.case.currency)
            self.fields[f"line_{place}"] = forms.CharField(
                label=_("Line %(line)s of %(amount)s")
                % {"line": line.external_id, "amount": claimed},
                max_length=20,
                required=False,
                help_text=_("An amount, or a percent such as 50%."),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        self.order_fields(
            ["decision", "amount", *(f"line_{n}" for n in range(len(self.case.lines)))]
        )

    def clean(self) -> dict[str, Any]:
        """Read what each line gets."""
        cleaned = super().clean()
        if cleaned.get("decision") == BY_LINE:
            for place, line in enumerate(self.case.lines):
                if text := cleaned.get(f"line_{place}", "").strip():
                    self._read_award(f"line_{place}", line.external_id, text)
        return cleaned

    def _read_award(self, field: str, ref: str, text: str) -> None:
        percent = text.removesuffix("%").strip()
        if text.endswith("%") and percent.isascii() and percent.isdigit() and len(percent) <= 3:
            self.awards[ref] = LineAward(percent=int(percent))
            return
        try:
            self.awards[ref] = LineAward(amount=Money.parse(text, self.case.currency))
        except Invalid as error:
            self.add_error(field, error.message)

    def params(self) -> dict[str, Any]:
        """What the verb is told."""
        told = {
            name: self.cleaned_data[name]
            for name in ("borne_by", "reason", "return_needed", "code", "buyer_text", "seller_text")
        }
        return told | self.amounts()

    def amounts(self) -> dict[str, Any]:
        """How much: in all, or for each line."""
        if self.cleaned_data["decision"] == BY_LINE:
            return {"lines": self.awards or _nothing(self)}
        return {"refund": self.refund}


class AppealForm(RulingForm):
    """The ruling on an appeal: uphold, or rule anew."""

    outcome = forms.ChoiceField(
        label=_("The first decision is"), choices=AppealOutcome.choices, widget=forms.RadioSelect
    )
    fraud = forms.BooleanField(
        label=_("The buyer was paid in bad faith: take it back from him"), required=False
    )

    def __init__(
        self,
        case: Snapshot,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(case, data, initial)
        del self.fields["return_needed"]
        decision = self.fields["decision"]
        decision.required, decision.label = False, _("Refund, if ruled anew")
        self.order_fields(["outcome"])

    def params(self) -> dict[str, Any]:
        """What the verb is told."""
        names = ("outcome", "fraud", "borne_by", "reason", "code", "buyer_text", "seller_text")
        told = {name: self.cleaned_data[name] for name in names}
        return told | (self.amounts() if self.cleaned_data["decision"] else {})


def _nothing(form: RulingForm) -> dict[str, LineAward]:
    return {line.external_id: LineAward(percent=0) for line in form.case.lines}
