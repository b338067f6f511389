"""Cases and what belongs to them."""

from disputes.models.appeal import Appeal
from disputes.models.case import Case, CaseLine
from disputes.models.decision import Decision
from disputes.models.evidence import Evidence, EvidenceFile, EvidenceRequest
from disputes.models.message import Message, MessageFile
from disputes.models.note import Note
from disputes.models.offer import Offer
from disputes.models.pause import Pause, PausedWait
from disputes.models.proposal import Proposal
from disputes.models.quality import QualityCheck
from disputes.models.read_mark import ReadMark
from disputes.models.returns import Return
from disputes.models.saved_view import SavedView
from disputes.models.shared_ruling import SharedRuling
from disputes.models.template import MessageTemplate

__all__ = [
    "Appeal",
    "Case",
    "CaseLine",
    "Decision",
    "Evidence",
    "EvidenceFile",
    "EvidenceRequest",
    "Message",
    "MessageFile",
    "MessageTemplate",
    "Note",
    "Offer",
    "Pause",
    "PausedWait",
    "Proposal",
    "QualityCheck",
    "ReadMark",
    "Return",
    "SavedView",
    "SharedRuling",
]
