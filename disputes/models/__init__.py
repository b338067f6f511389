"""Cases and what belongs to them."""

from disputes.models.case import Case, CaseLine
from disputes.models.decision import Decision
from disputes.models.evidence import Evidence, EvidenceRequest
from disputes.models.message import Message

__all__ = ["Case", "CaseLine", "Decision", "Evidence", "EvidenceRequest", "Message"]
