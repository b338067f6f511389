"""Roles and scopes: what people and programs may do."""

from django.db import models


class Scope(models.TextChoices):
    """What an API client may do."""

    FEED_WRITE = "feed:write", "Feed orders, shipments and scans"
    DISPUTES_READ = "disputes:read", "Read disputes"
    DISPUTES_BUYER = "disputes:buyer", "File claims and act for buyers"
    DISPUTES_SELLER = "disputes:seller", "Act for sellers"
    RULEBOOK_READ = "rulebook:read", "Read rulebooks"
    LEDGER_READ = "ledger:read", "Read accounts and transfers"
    AUDIT_READ = "audit:read", "Read audit chains"


class Role(models.TextChoices):
    """Staff roles; each is a Django group of the same name."""

    ADJUDICATOR = "adjudicator", "Adjudicator"
    SENIOR = "senior adjudicator", "Senior adjudicator"
    POLICY = "policy manager", "Policy manager"
    FINANCE = "finance", "Finance"
    AUDITOR = "auditor", "Auditor"
