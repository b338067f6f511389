"""The audit actions of cases: what each says, and who may read it."""

from django.utils.translation import gettext_lazy as _

from backoffice.audit.catalogue import NOBODY, Action, register

register(
    Action(
        "case.filed",
        _(
            "{actor} claimed {requested:money} on order {order}:"
            " {reason:words}{sub_reason:words+, }. The seller has until {due_at:time} to answer."
        ),
    ),
    Action(
        "case.filed_to_show",
        _(
            "{actor} claimed {requested:money} on order {order}:"
            " {reason:words}{sub_reason:words+, }. The buyer has until {due_at:time} to show:"
            " {missing:words}."
        ),
    ),
    Action(
        "case.minimum_shown",
        _(
            "All that was asked of the buyer is there."
            " The seller has until {due_at:time} to answer."
        ),
    ),
    Action(
        "case.offer_made",
        _(
            "{actor} offered: {offer_type:words}, {amount:money}."
            " The other side has until {due_at:time} to answer."
        ),
    ),
    Action(
        "case.offer_countered",
        _(
            "{actor} made a counter-offer: {offer_type:words}, {amount:money}."
            " The other side has until {due_at:time} to answer."
        ),
    ),
    Action(
        "case.offer_accepted",
        _("{actor} accepted the offer: {offer_type:words}, {amount:money}."),
    ),
    Action(
        "case.offer_denied",
        _("{actor} turned the offer down. Both have until {due_at:time} to agree."),
    ),
    Action(
        "case.offer_expired",
        _("The offer expired unanswered. Both have until {due_at:time} to agree."),
    ),
    Action("case.extension_asked", _("{actor} asked for {hours} more hours: {reason}")),
    Action(
        "case.deadline_extended",
        _("{actor} gave {hours} more hours, until {due_at:time}: {reason}"),
    ),
    Action(
        "case.clock_paused",
        _(
            "The clock stands still from {from:time} until {until:time}, so that the deadline"
            " is now {due_at:time}: {reason}"
        ),
    ),
    Action(
        "pause.declared",
        _("{actor} let clocks stand still from {from:time} until {until:time}: {reason}"),
        NOBODY,
    ),
    Action(
        "case.return_opened",
        _("Once the goods are back, the buyer gets {refund:money}; borne by: {borne_by:words}."),
    ),
    Action(
        "case.return_address_asked",
        _("The seller has until {due_at:time} to say where the goods go back to."),
    ),
    Action(
        "case.return_awaited",
        _("The address is there; the buyer has until {due_at:time} to send the goods back."),
    ),
    Action("case.return_sent", _("The goods are on their way back: {carrier} {tracking_number}.")),
    Action(
        "case.return_delivered",
        _(
            "The return was delivered at {delivered_at:time}."
            " The seller has until {due_at:time} to say what came."
        ),
    ),
    Action("case.return_acknowledged", _("{actor} on the return: {acknowledgement:words}.")),
    Action(
        "case.deduction_claimed",
        _(
            "{percent} percent is to be deducted, which leaves {refund:money}."
            " The buyer has until {due_at:time} to answer."
        ),
    ),
    Action("case.deduction_accepted", _("{actor} accepted the deduction.")),
    Action("case.deduction_contested", _("{actor} contested the deduction.")),
    Action("case.message_sent", _("{actor} sent a message.")),
    Action("case.note_added", _("{actor} added an internal note."), NOBODY),
    Action("case.claim_accepted", _("{actor} accepted the claim and refunds {refund:money}.")),
    Action(
        "case.claim_denied",
        _("{actor} denied the claim: {reason:words}. Both have until {due_at:time} to agree."),
    ),
    Action(
        "case.escalated",
        _("{actor} sent the case to review. A decision is due by {due_at:time}."),
    ),
    Action("case.withdrawn", _("{actor} withdrew the claim.")),
    Action(
        "case.evidence_required",
        _("{actor} asked the {party:words} for evidence ({evidence_type:words}) by {due_at:time}."),
    ),
    Action("case.evidence_provided", _("{actor} provided evidence ({evidence_type:words}).")),
    Action("case.taken", _("{by} took the case, until {until:time}."), NOBODY),
    Action("case.assigned", _("{actor} handed the case over to {to}: {note}"), NOBODY),
    Action("case.released", _("{actor} put the case back for anybody to take."), NOBODY),
    Action(
        "case.appealed", _("{actor} appealed against the decision. It is heard by {due_at:time}.")
    ),
    Action(
        "case.appeal_decided",
        _(
            "The appeal was decided: {appeal_outcome:words}; {outcome:words}. The buyer has"
            " {refund:money}{borne_by:words+; borne by: }. Further refund {further:money}, given"
            " back to the seller {reimbursed:money}."
        ),
    ),
    Action("case.supporting_info", _("{actor} gave more information ({evidence_type:words}).")),
    Action("case.lapsed", _("The time to answer ended at {due_at:time}.")),
    Action(
        "case.review_overdue",
        _(
            "The review is overdue (reminder {reminder}: {level:words}); it is due again by"
            " {due_at:time}."
        ),
        NOBODY,
    ),
    Action(
        "case.decision_to_approve",
        _(
            "{actor} would refund {refund:money}{borne_by:words+, borne by: }. A second person"
            " approves it by {due_at:time}."
        ),
        NOBODY,
    ),
    Action("case.decision_approved", _("{actor} approved the decision."), NOBODY),
    Action("case.decision_sent_back", _("{actor} sent the decision back: {note}"), NOBODY),
    Action(
        "case.decision_proposed",
        _(
            "A decision is proposed: the buyer gets {refund:money}{borne_by:words+; borne by: }."
            " Both sides may comment until {due_at:time}; then it is final."
        ),
    ),
    Action(
        "case.decision_reconsidered",
        _("{actor} took the proposed decision back to look again: {note}"),
    ),
    Action(
        "case.facts_changed",
        _("New facts arrived: {kinds:words}. The recommended ruling was worked out again."),
    ),
    Action("case.refund_noted", _("The marketplace refunded {refunded:money} on its own.")),
    Action(
        "case.resolved",
        _(
            "The case ended: {outcome:words}. The buyer gets"
            " {refund:money}{borne_by:words+; borne by: }."
        ),
    ),
    Action("case.set_aside", _("The case was set aside: its next step failed ({error})."), NOBODY),
    Action("case.put_back", _("{actor} put the case back to the sweep."), NOBODY),
    Action(
        "bundle.made",
        _("{actor} took the evidence bundle ({for:words}, {originals} originals). {reason}"),
        NOBODY,
    ),
    Action("template.added", _("{actor} added the message template {code}: {title_en}."), NOBODY),
    Action(
        "template.changed", _("{actor} changed the message template {code}: {title_en}."), NOBODY
    ),
    Action(
        "case.ruled_alike",
        _("Decided with like cases ({cases} in all) by one ruling, {ruling}."),
    ),
    Action(
        "quality.checked",
        _("{actor} looked again at the decision of {case}: {verdict:words}."),
        NOBODY,
    ),
    Action("reconciliation.done", _("{actor} looked for loose ends of cases."), NOBODY),
)
