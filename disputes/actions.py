"""The audit actions of cases: what each says, and who may read it."""

from backoffice.audit.catalogue import Action, register

EVERYONE = {"buyer": True, "seller": True}
STAFF = {"buyer": False, "seller": False}
