"""The audit actions of cases: what each says, and who may read it."""

from django.utils.translation import gettext_lazy as _

from backoffice.audit.catalogue import NOBODY, Action, register

register(
    Action(
        "case.filed",
        _(
            "{actor} claimed {requested:money} on order {order}: {reason:words} {sub_reason:words}."
            " The seller has until {due_at:time} to answer."
        ),
    ),
    Action("case.message_sent", _("{actor} sent a message.")),
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
    Action("case.taken", _("{by} took the case."), NOBODY),
    Action("case.lapsed", _("The time to answer ended at {due_at:time}.")),
    Action(
        "case.review_overdue",
        _("The review is overdue (reminder {reminder}); it is due again by {due_at:time}."),
        NOBODY,
    ),
    Action(
        "case.facts_changed",
        _("New facts arrived: {kinds:words}. The recommended ruling was worked out again."),
    ),
    Action("case.refund_noted", _("The marketplace refunded {refunded:money} on its own.")),
    Action(
        "case.resolved",
        _(
            "The case ended: {outcome:words}. The buyer gets {refund:money};"
            " borne by: {borne_by:words}."
        ),
    ),
    Action("case.set_aside", _("The case was set aside: its next step failed ({error})."), NOBODY),
    Action("case.put_back", _("{actor} put the case back to the sweep."), NOBODY),
    Action("reconciliation.done", _("{actor} looked for loose ends of cases."), NOBODY),
)
