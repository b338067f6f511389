"""Rulebooks for the tests of versions: the default, changed a little."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from backoffice.common.actors import SYSTEM, Actor, ActorKind
from backoffice.rulebook.default import default_document
from backoffice.rulebook.models import RulebookVersion
from backoffice.rulebook.service import publish_document

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)
SELLER = Actor(ActorKind.SELLER, "seller-1")


def changed(name: str = "Changed", percent: str = "150%") -> dict[str, Any]:
    """The default with another name and another limit for counterfeits."""
    document = deepcopy(default_document())
    document["name"] = name
    table = next(t for t in document["tables"] if t["name"] == "claim_limit")
    table["rows"][0]["then"]["max_percent"] = percent
    return document


def a_version(effective_from: datetime = LATER, name: str = "Changed") -> RulebookVersion:
    """A version published at NOW."""
    return publish_document(changed(name), effective_from, SYSTEM, NOW)
