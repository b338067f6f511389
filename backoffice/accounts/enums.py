"""Roles and scopes: what people and programs may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What an API client may do."""

    FEED_WRITE = "feed:write", _("Feed orders, shipments and scans")
    DISPUTES_READ = "disputes:read", _("Read disputes")
    DISPUTES_BUYER = "disputes:buyer", _("File claims and act for buyers")
    DISPUTES_SELLER = "disputes:seller", _("Act for sellers")
    DISPUTES_SIMULATE = "disputes:simulate", _("Act as staff, where that is simulated")
    RULEBOOK_READ = "rulebook:read", _("Read rulebooks")
    LEDGER_READ = "ledger:read", _("Read accounts and transfers")
    AUDIT_READ = "audit:read", _("Read audit chains")


class Role(models.TextChoices):
    """Staff roles; each is a Django group of the same name."""

    ADJUDICATOR = "adjudicator", _("Adjudicator")
    SENIOR = "senior adjudicator", _("Senior adjudicator")
    POLICY = "policy manager", _("Policy manager")
    FINANCE = "finance", _("Finance")
    AUDITOR = "auditor", _("Auditor")
