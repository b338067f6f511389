"""The verifier, run alone on the unpacked folder: it holds, and no change goes unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from disputes.models import Case
from disputes.service.act import act
from disputes.verbs.messages import send_message
from tests.disputes.bundle.making import (
    BUYER,
    PARTIES,
    SELLER,
    STAFF,
    a_long_case,
    bundle,
    mend_manifest,
    unpacked,
    verified,
)
from tests.disputes.settling import ADDRESS, offered
from tests.factories import a_case, buyer_of

pytestmark = pytest.mark.django_db
CHAIN = "chains/case.jsonl"


@pytest.fixture
def case(db: None) -> Case:
    return a_long_case()


@cache
def staffs_bundle() -> bytes:
    """Made once: what is done to it needs no database."""
    return bundle(a_long_case())


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    return unpacked(staffs_bundle(), tmp_path)


def lines(folder: Path) -> list[str]:
    return (folder / CHAIN).read_text().splitlines(keepends=True)


def change_line(folder: Path, number: int, change: Callable[[dict[str, Any]], object]) -> None:
    """Change an event of the case's chain and write it back as it was written."""
    all_lines = lines(folder)
    event = json.loads(all_lines[number - 1])
    change(event)
    text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    all_lines[number - 1] = text + "\n"
    (folder / CHAIN).write_text("".join(all_lines))


def change_json(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


WHOLE = replace(PARTIES, whole_chains=True)


@pytest.mark.parametrize(
    "reading", [STAFF, PARTIES, WHOLE, BUYER, SELLER], ids=lambda r: f"{r.label} {r.whole_chains}"
)
def test_bundle_holds_unpacked_and_as_it_came(case: Case, reading: Any, tmp_path: Path) -> None:
    content = bundle(case, reading)
    (tmp_path / "bundle.zip").write_bytes(content)
    inside = unpacked(content, tmp_path / "folder")
    for code, said in (
        verified(verifier=inside / "verify.py"),
        verified(inside),
        verified(tmp_path / "bundle.zip"),
    ):
        assert (code, said.splitlines()[-1]) == (0, "Everything holds.")


@pytest.mark.parametrize(
    "name", ["case.json", "case-file.en.pdf", "photos/*", CHAIN, "verify.py", "README.txt"]
)
def test_changed_byte_is_seen(folder: Path, name: str) -> None:
    path = next(folder.glob(name))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    code, said = verified(folder)
    assert code == 1
    assert f"{path.relative_to(folder)}: not the file that the manifest names" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda e: e["data"].update(reason="DELIVERED"), "hash does not follow from its content"),
        (lambda e: e["actor"].update(ref="other"), "hash does not follow from its content"),
        (lambda e: e.update(at="2026-01-01T00:00:00Z"), "hash does not follow from its content"),
        (lambda e: e.update(seq=9), "it says that it is number 9"),
        (lambda e: e.update(previous_hash="0" * 64), "it does not follow the link before it"),
        (lambda e: e.update(subject_id="RD-OTHER"), "it belongs to another chain"),
        (lambda e: e.pop("data"), "not an event"),
    ],
)
def test_changed_event_is_named_though_the_manifest_was_mended(
    folder: Path, change: Any, said: str
) -> None:
    change_line(folder, 3, change)
    mend_manifest(folder)
    code, output = verified(folder)
    assert code == 1
    assert f"BROKEN {CHAIN}, link 3: " in output
    assert said in output


def test_resealed_event_breaks_the_next_link(folder: Path) -> None:
    change_line(folder, 3, lambda e: e.update(withheld="for staff only", hash="a" * 64))
    mend_manifest(folder)
    assert f"BROKEN {CHAIN}, link 4: it does not follow" in verified(folder)[1]


@pytest.mark.parametrize("place", [0, 2, -1])
def test_removed_event_is_seen(folder: Path, place: int) -> None:
    left = lines(folder)
    del left[place]
    (folder / CHAIN).write_text("".join(left))
    mend_manifest(folder)
    code, said = verified(folder)
    assert (code, f"BROKEN {CHAIN}" in said) == (1, True)


CHANGES = {
    "a message is another": (
        lambda c: c["messages"][1].update(content="It was broken."),
        "the text of link [4] is not in it",
    ),
    "a message is left out": (
        lambda c: c["messages"].pop(0),
        "the text of link [1] is not in it",
    ),
    "a message is added": (
        lambda c: c["messages"].append(c["messages"][0] | {"content": "I lied."}),
        "the chain knows nothing of the text ['I lied.']",
    ),
    "evidence is another": (
        lambda c: c["evidence"][0].update(note="Do not look."),
        "the text of link [2] is not in it",
    ),
    "evidence has a file that is not there": (
        lambda c: c["evidence"][0].update(files=["F-OTHER"]),
        "its file F-OTHER is not there",
    ),
    "a note of staff is left out": (
        lambda c: c.pop("notes"),
        "the text of link [8] is not in it",
    ),
    "less was claimed": (
        lambda c: c["requested_amount"].update(value="1.00"),
        "its requested_amount is not the chain's",
    ),
    "less was paid": (
        lambda c: c["refunded_amount"].update(value="1.00"),
        "its refunded_amount is not the chain's",
    ),
    "it ended otherwise": (
        lambda c: c.update(outcome="DENIED"),
        "its outcome is not the chain's",
    ),
    "it is another case": (
        lambda c: c.update(dispute_id="RD-OTHER"),
        "its dispute_id is not the chain's",
    ),
    "something happened at another time": (
        lambda c: c["timeline"][2].update(time="2026-01-01T00:00:00Z"),
        "its timeline is not the chain's at link 3",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_record_is_seen_though_the_manifest_was_mended(folder: Path, name: str) -> None:
    change, told = CHANGES[name]
    change_json(folder / "case.json", change)
    mend_manifest(folder)
    code, said = verified(folder)
    assert (code, [line for line in said.splitlines() if line.startswith("BROKEN")]) == (
        1,
        [f"BROKEN case.json: {told}"],
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: m.update(chains=[]), "the manifest names no chain of this case"),
        (lambda m: m.update(dispute_id="RD-OTHER"), "the manifest names no chain of this case"),
        (lambda m: m.update(originals=[]), ": its file F-"),
        (lambda m: m["originals"][0].update(shown="photos/x.jpg"), "photos/x.jpg is not in the"),
        (lambda m: m.pop("originals"), "not as a bundle has it (KeyError('originals'))"),
    ],
)
def test_manifest_that_leaves_something_out_is_seen(folder: Path, change: Any, told: str) -> None:
    change_json(folder / "manifest.json", change)
    code, said = verified(folder)
    assert (code, told in said, "Traceback" in said) == (1, True, False)


def test_the_same_text_hidden_twice_holds(db: None, tmp_path: Path) -> None:
    case = a_case()
    for _ in range(2):
        body = "Call me: +1 202 555 0143."
        act(send_message, case.public_id, buyer_of(case), timezone.now(), body=body)
    code, said = verified(unpacked(bundle(case, WHOLE), tmp_path))
    assert (code, said.splitlines()[-1]) == (0, "Everything holds.")


def test_changed_return_address_is_seen(db: None, tmp_path: Path) -> None:
    case = offered(kind="REFUND_WITH_RETURN", return_address=ADDRESS)
    folder = unpacked(bundle(case), tmp_path)
    assert verified(folder)[0] == 0
    change_json(folder / "case.json", lambda c: c["offers"][0].update(return_address="Elsewhere"))
    mend_manifest(folder)
    code, said = verified(folder)
    assert (code, "BROKEN case.json: the text of link [4] is not in it" in said) == (1, True)


def test_manifest_is_compared_with_the_hash_that_was_told(folder: Path) -> None:
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert verified(folder, digest.upper())[0] == 0
    code, said = verified(folder, "a" * 64)
    assert (code, f"BROKEN SHA-256 of manifest.json: {digest}, not aaaa" in said) == (1, True)


@pytest.mark.parametrize("name", [b"README.txt", b"case.json", b"chains/case.jsonl"])
def test_damaged_zip_is_refused_in_words(db: None, tmp_path: Path, name: bytes) -> None:
    damaged = bytearray(staffs_bundle())
    place = damaged.index(name) + len(name) + 40
    damaged[place : place + 9] = b"\xff" * 9
    (tmp_path / "b.zip").write_bytes(damaged)
    code, said = verified(tmp_path / "b.zip")
    assert (code, f"BROKEN {name.decode()}: cannot be read" in said) == (1, True)
    assert "Traceback" not in said


def test_original_of_another_hash_is_seen(folder: Path) -> None:
    change_json(folder / "manifest.json", lambda m: m["originals"][0].update(sha256="b" * 64))
    code, said = verified(folder)
    assert (code, "its hash is not the one in chains/file-" in said) == (1, True)


def test_added_and_missing_files_are_seen(folder: Path) -> None:
    (folder / "photos" / "another.jpg").write_bytes(b"x")
    (folder / "README.txt").unlink()
    said = verified(folder)[1]
    assert "BROKEN photos/another.jpg: not named in the manifest" in said
    assert "BROKEN README.txt: missing" in said


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format":"x"}', '{"format":1.5}', '{"a":1,"a":2}']
)
def test_what_is_no_bundle_is_refused_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    code, said = verified(tmp_path)
    assert (code, "Traceback" in said) == (1, False)


def test_what_is_no_file_is_refused_in_words(tmp_path: Path) -> None:
    code, said = verified(tmp_path / "missing.zip")
    assert (code, "Traceback" in said) == (1, False)
