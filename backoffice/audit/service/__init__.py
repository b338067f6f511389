"""What other floors may call."""

from backoffice.audit.service.append import Head, NewEvent, append
from backoffice.audit.service.verification import register_heads, register_reconciliation

__all__ = ["Head", "NewEvent", "append", "register_heads", "register_reconciliation"]
