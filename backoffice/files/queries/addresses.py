"""Signed addresses: who was allowed to see a file gets one that works for some minutes.

Whoever makes an address has checked that its reader may see the file; the address is the proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.urls import reverse

from backoffice.common.errors import NotFound
from backoffice.files.enums import Variant
from backoffice.files.models import StoredFile, Upload

SALT = "backoffice.files.address"
# An address holds for one to two of these. Within one it stays the same, so browsers keep photos.
STEP = timedelta(minutes=5)
# Of an address for a reader who may not read the sender's name of the file.
NAMELESS = "-"


@dataclass(frozen=True, slots=True)
class Address:
    """Where one variant of a file can be fetched, and until when."""

    href: str
    until: datetime


def address(file: StoredFile, variant: Variant, now: datetime) -> Address:
    """The address of `variant` for a reader who may see `file`. Originals have none."""
    if variant not in file.variants:
        raise ValueError(f"{file} has no {variant} to show")
    until = _round_up(now) + STEP
    shown = variant[0] + (NAMELESS if file.nameless else "")
    token = _signer().sign(f"{file.public_id}.{shown}.{int(until.timestamp()):x}")
    return Address(reverse("files:file", args=[token]), until)


def opened(token: str, now: datetime) -> tuple[StoredFile, Variant]:
    """What a signed address leads to. Raises NotFound for one that is forged or over."""
    try:
        public_id, letter, until = _signer().unsign(token).split(".")
    except (signing.BadSignature, ValueError) as error:
        raise _gone() from error
    variant = _LETTERS.get(letter.removesuffix(NAMELESS))
    if variant is None or now.timestamp() >= int(until, 16):
        raise _gone()
    file = StoredFile.objects.filter(public_id=public_id).first()
    if file is None or variant not in file.variants:
        raise _gone()
    file.nameless = letter.endswith(NAMELESS)
    return file, variant


def upload_token(upload: Upload) -> str:
    """The signed part of our own address for an announced file's bytes."""
    return _upload_signer().sign(upload.public_id)


def opened_upload(token: str, now: datetime) -> Upload:
    """The upload whose bytes may be put now. Raises NotFound for a forged or ended address."""
    try:
        public_id = _upload_signer().unsign(token)
    except signing.BadSignature as error:
        raise _gone() from error
    upload = Upload.objects.filter(public_id=public_id, stored=None, refused="").first()
    if upload is None or now >= upload.expires_at:
        raise _gone()
    return upload


_LETTERS = {v[0]: v for v in Variant if v is not Variant.ORIGINAL}


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt=SALT)


def _upload_signer() -> signing.Signer:
    return signing.Signer(sep=".", salt=f"{SALT}.upload")


def _round_up(now: datetime) -> datetime:
    step = STEP.total_seconds()
    return datetime.fromtimestamp(-(-now.timestamp() // step) * step, UTC)


def _gone() -> NotFound:
    return NotFound("The address has ended or was never one; ask for a new one.", code="not_found")
