"""More time on the hosted page, in hours, as it is counted and told everywhere else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disputes.forms import long_text
from disputes.hosted.forms import PartyForm
from disputes.verbs.extensions import hours_left


class ExtendForm(PartyForm):
    """Give the other side more time; filled in with what it asked for."""

    hours = forms.IntegerField(label=_("More hours for the other side"), min_value=1)
    reason = long_text(_("Why"), 2)
    button = _("Give more time")

    def prepare(self) -> None:
        """At most what the rulebook allows."""
        self.fields["hours"].help_text = most(hours_left(self.case))
        if asked := self.case.now.extension_asked_hours:
            self.unfolded = True
            self.fields["hours"].initial = asked
            self.fields["reason"].initial = gettext("As you asked.")


class AskExtensionForm(PartyForm):
    """Ask the other side for more time."""

    hours = forms.IntegerField(label=_("More hours for you"), min_value=1)
    reason = long_text(_("Why"), 2, _("The other side reads this. Your time runs on meanwhile."))
    button = _("Ask for more time")

    def prepare(self) -> None:
        """At most what the rulebook allows."""
        self.fields["hours"].help_text = most(hours_left(self.case))


def most(hours: int) -> str:
    """What may be written at most."""
    return gettext("At most %(hours)d hours; a day has 24.") % {"hours": hours}
