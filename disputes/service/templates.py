"""Keeping message templates: every change is told in the template's audit chain."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backoffice.audit.service import NewEvent, append
from backoffice.common.actors import Actor
from disputes.models import MessageTemplate
from disputes.queries.filling import check

SUBJECT = "template"
TEXTS = ("title_en", "title_zh_hans", "body_en", "body_zh_hans")


@transaction.atomic
def keep(template: MessageTemplate, actor: Actor, now: datetime) -> None:
    """Write `template`, new or changed. Raises Invalid where a text has an unknown variable."""
    check(template.body_en)
    check(template.body_zh_hans)
    action = "template.changed" if template.pk else "template.added"
    template.updated_at = now
    template.save()
    texts = {name: getattr(template, name) for name in TEXTS}
    data = {"code": template.code, "active": template.active, **texts}
    append([NewEvent(SUBJECT, template.code, action, actor, now, data)])
