"""A case with a word of everybody and a photo, its bundle, and what the verifier says of it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone

from backoffice.accounts.enums import Role
from backoffice.common.actors import ActorKind
from backoffice.files.service import store
from disputes.bundle.making import Order, make_bundle
from disputes.bundle.reading import STAFF, Reading
from disputes.enums import EvidenceType, Reason
from disputes.models import Case
from disputes.queries.files import brought
from disputes.service.act import act
from disputes.verbs.answers import accept_claim, deny
from disputes.verbs.evidence import provide_evidence
from disputes.verbs.messages import send_message
from disputes.verbs.notes import add_note
from tests.disputes.admin.desk import again, staff_actor_of
from tests.factories import a_case, an_order, buyer_of, seller_of
from tests.files.photos import a_photo

BUYER = Reading(frozenset({ActorKind.BUYER}))
SELLER = Reading(frozenset({ActorKind.SELLER}))
PARTIES = Reading(frozenset({ActorKind.BUYER, ActorKind.SELLER}))
VERIFIER = Path(__file__).resolve().parents[3] / "disputes" / "bundle" / "verify.py"


def a_long_case() -> Case:
    """A broken cup: claimed in Chinese, denied, shown, talked about by all, and paid."""
    now = timezone.now()
    order = an_order(now, delivered_at=now)
    case = a_case(order, now, Reason.NOT_AS_DESCRIBED, sub_reason="DAMAGED", note="杯子碎了。")
    buyer, seller, ann = buyer_of(case), seller_of(case), staff_actor_of(Role.ADJUDICATOR)
    ref = case.public_id
    asked_first = again(case).state == "BUYER_TO_SHOW"
    if asked_first:
        show(case)
    act(deny, ref, seller, now, reason="AS_DESCRIBED", note="It left whole.")
    if not asked_first:
        show(case)
    act(send_message, ref, buyer, now, body="Call me: +1 202 555 0143.")
    act(send_message, ref, ann, now, body="Please stay friendly.")
    act(add_note, ref, ann, now, body="The seller has done this before.")
    act(accept_claim, ref, seller, now)
    return again(case)


def show(case: Case) -> None:
    """The buyer gives a photo."""
    now, buyer = timezone.now(), buyer_of(case)
    photo = store(case.public_id, a_photo(), "cup.jpg", buyer, now)
    shown: dict[str, Any] = {"evidence_type": EvidenceType.PROOF_OF_DAMAGE, "note": "Look."}
    files = brought(case.public_id, [photo.public_id], buyer)
    act(provide_evidence, case.public_id, buyer, now, **shown, files=files)


def bundle(case: Case, reading: Reading = STAFF, reason: str = "") -> bytes:
    """The bundle as it is handed out."""
    out = BytesIO()
    actor = staff_actor_of(Role.ADJUDICATOR)
    make_bundle(Order(case.public_id, reading, actor, timezone.now(), reason), out)
    return out.getvalue()


def unpacked(content: bytes, folder: Path) -> Path:
    """The bundle in a folder."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def verified(*arguments: str | Path, verifier: Path = VERIFIER) -> tuple[int, str]:
    """What the verifier, run alone, ends with and says."""
    command = [sys.executable, "-I", str(verifier), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def mend_manifest(folder: Path) -> None:
    """Make the manifest say what the files are now, as a careful forger would."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    for file in manifest["files"]:
        content = (folder / file["path"]).read_bytes()
        file["size"], file["sha256"] = len(content), hashlib.sha256(content).hexdigest()
    path.write_text(json.dumps(manifest))
