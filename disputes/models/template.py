"""Texts that staff use again and again."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CODE = RegexValidator(
    r"^[a-z][a-z0-9-]*\Z", _("Small letters, digits and hyphens, a letter first.")
)
LONGEST = 1000  # of a body: in both languages it still fits a message


class MessageTemplate(models.Model):
    """A text to begin a message with, in each language, edited by policy managers.

    A body names what differs from case to case as `{variable}`, from the closed list in
    disputes/queries/filling.py. Not deleted but put out of use (`active`): the audit chain of its
    code keeps every text it ever had.
    """

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE])
    title_en = models.CharField(_("title in English"), max_length=80)
    title_zh_hans = models.CharField(_("title in Chinese"), max_length=80)
    body_en = models.TextField(_("text in English"), max_length=LONGEST)
    body_zh_hans = models.TextField(_("text in Chinese"), max_length=LONGEST)
    active = models.BooleanField(_("in use"), default=True)
    updated_at = models.DateTimeField(_("last changed"), editable=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_en="") & ~Q(title_zh_hans=""),
                name="a_template_has_a_title_in_both_languages",
            ),
            models.CheckConstraint(
                condition=~Q(body_en="") & ~Q(body_zh_hans=""),
                name="a_template_says_something_in_both_languages",
            ),
        ]

    def __str__(self) -> str:
        return self.code
