"""What is told of rulebooks. Parties read the rules they were judged by, not their making."""

from django.utils.translation import gettext_lazy as _

from backoffice.audit.catalogue import NOBODY, Action, register

register(
    Action("rulebook.drafted", _("{actor} drafted rulebook version {number}: {name}."), NOBODY),
    Action("rulebook.edited", _("{actor} edited the draft of rulebook version {number}."), NOBODY),
    Action(
        "rulebook.published",
        _("{actor} published rulebook version {number}, in force from {effective_from:time}."),
        NOBODY,
    ),
)
