"""Which form and which verb function belong to each verb that a party may use on the page."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disputes.hosted import extension_forms, forms, offer_forms
from disputes.lifecycle import Verb
from disputes.service.act import VerbFunction
from disputes.verbs import acknowledgements as returned
from disputes.verbs import (
    answers,
    appeals,
    escalation,
    evidence,
    extensions,
    messages,
    offers,
    returns,
    supporting_info,
    withdrawal,
)


class Door(NamedTuple):
    """A verb's title on the page, its form and its function.

    What answers the page as it stood (`binding`) is refused if something arrived since.
    """

    title: str | Promise
    form: type[forms.PartyForm]
    function: VerbFunction
    binding: bool = True


DOORS: dict[Verb, Door] = {
    Verb.ACCEPT_OFFER: Door(
        _("Accept the offer"), offer_forms.AcceptOfferForm, offers.accept_offer
    ),
    Verb.DENY_OFFER: Door(_("Refuse the offer"), offer_forms.DenyOfferForm, offers.deny_offer),
    Verb.ACCEPT_DEDUCTION: Door(
        _("Accept the deduction"), offer_forms.AcceptDeductionForm, returned.accept_deduction
    ),
    Verb.CONTEST_DEDUCTION: Door(
        _("Contest the deduction"), offer_forms.ContestDeductionForm, returned.contest_deduction
    ),
    Verb.GIVE_RETURN_ADDRESS: Door(
        _("Say where the goods go back to"),
        offer_forms.ReturnAddressForm,
        returns.give_return_address,
    ),
    Verb.SHIP_RETURN: Door(
        _("Send the goods back"), offer_forms.ShipReturnForm, returns.ship_return
    ),
    Verb.ACKNOWLEDGE_RETURN: Door(
        _("Say what came back"), offer_forms.AcknowledgeReturnForm, returned.acknowledge_return
    ),
    Verb.ACCEPT_CLAIM: Door(_("Accept the claim"), forms.AcceptClaimForm, answers.accept_claim),
    Verb.MAKE_OFFER: Door(_("Make an offer"), offer_forms.MakeOfferForm, offers.make_offer),
    Verb.DENY: Door(_("Deny the claim"), forms.DenyForm, answers.deny),
    Verb.PROVIDE_EVIDENCE: Door(
        _("Show evidence"), forms.EvidenceForm, evidence.provide_evidence, binding=False
    ),
    Verb.PROVIDE_SUPPORTING_INFO: Door(
        _("Add something for the decision"),
        forms.EvidenceForm,
        supporting_info.provide_supporting_info,
        binding=False,
    ),
    Verb.APPEAL: Door(_("Appeal against the decision"), forms.AppealForm, appeals.appeal),
    Verb.SEND_MESSAGE: Door(
        _("Write a message"), forms.MessageForm, messages.send_message, binding=False
    ),
    Verb.EXTEND: Door(_("Give more time"), extension_forms.ExtendForm, extensions.extend),
    Verb.ASK_EXTENSION: Door(
        _("Ask for more time"), extension_forms.AskExtensionForm, extensions.ask_extension
    ),
    Verb.ESCALATE: Door(_("Ask us to decide"), forms.EscalateForm, escalation.escalate),
    Verb.WITHDRAW: Door(_("Withdraw the claim"), forms.WithdrawForm, withdrawal.withdraw),
}
