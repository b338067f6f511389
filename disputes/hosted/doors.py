"""Which form and which verb function belong to each verb that a party may use on the page."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disputes.hosted import forms
from disputes.lifecycle import Verb
from disputes.service.act import VerbFunction
from disputes.verbs import answers, escalation, evidence, messages, withdrawal


class Door(NamedTuple):
    """A verb's title on the page, its form and its function.

    What answers the page as it stood (`binding`) is refused if something arrived since.
    """

    title: str | Promise
    form: type[forms.PartyForm]
    function: VerbFunction
    binding: bool = True


DOORS: dict[Verb, Door] = {
    Verb.ACCEPT_CLAIM: Door(_("Accept the claim"), forms.AcceptClaimForm, answers.accept_claim),
    Verb.DENY: Door(_("Deny the claim"), forms.DenyForm, answers.deny),
    Verb.PROVIDE_EVIDENCE: Door(
        _("Show evidence"), forms.EvidenceForm, evidence.provide_evidence, binding=False
    ),
    Verb.SEND_MESSAGE: Door(
        _("Write a message"), forms.MessageForm, messages.send_message, binding=False
    ),
    Verb.ESCALATE: Door(_("Ask us to decide"), forms.EscalateForm, escalation.escalate),
    Verb.WITHDRAW: Door(_("Withdraw the claim"), forms.WithdrawForm, withdrawal.withdraw),
}
