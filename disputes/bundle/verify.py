"""Checks an evidence bundle of Redress, offline, with nothing but Python 3.8 or newer.

    python verify.py                 in the unpacked folder
    python verify.py FOLDER          another unpacked folder
    python verify.py bundle.zip      the bundle as it came

It checks that every file is the one that manifest.json names, that each chain of events holds
(each event's hash follows from its content and from the hash before it) and ends where the manifest
says, that the originals named are those of the chains, and that the messages are the ones whose
hashes the chain keeps. It prints what it checked, and ends with 0 if all of it holds, else with 1.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Dict, Iterator, List, Tuple, Union

MANIFEST, CASE = "manifest.json", "case.json"
FORMAT = "redress-evidence-bundle/1"
GENESIS = "0" * 64  # what the first event of a chain follows
HASHED = ("subject_kind", "subject_id", "seq", "action", "actor", "at", "data", "previous_hash")
# Events that a message comes with, and where they keep the hash of its text.
WITH_MESSAGE = {
    "case.filed": "note_sha256",
    "case.filed_to_show": "note_sha256",
    "case.message_sent": "sha256",
    "case.claim_denied": "sha256",
    "case.escalated": "sha256",
}
Json = Dict[str, Any]


class Broken(Exception):
    """Something does not hold; says what."""


class Folder:
    """An unpacked bundle."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> List[str]:
        """Every file in it."""
        return [p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file()]

    def open(self, name: str) -> BinaryIO:
        """One of them."""
        return (self.root / name).open("rb")


class Zip:
    """A bundle as it came."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)

    def names(self) -> List[str]:
        """Every file in it."""
        return [info.filename for info in self.zip.infolist() if not info.is_dir()]

    def open(self, name: str) -> Any:
        """One of them."""
        return self.zip.open(name)


Bundle = Union[Folder, Zip]


def parse(text: Union[str, bytes], where: str) -> Any:
    """JSON, as strictly as a hash needs it: no key twice, no number that is not whole."""

    def once(pairs: List[Tuple[str, Any]]) -> Json:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Broken(f"{where}: a key stands twice in one object")
        return found

    def refuse(number: str) -> Any:
        raise Broken(f"{where}: {number} is not a whole number")

    try:
        return json.loads(text, object_pairs_hook=once, parse_float=refuse, parse_constant=refuse)
    except ValueError as error:
        raise Broken(f"{where}: not JSON ({error})") from None


def event_hash(event: Json) -> str:
    """The SHA-256 of an event's canonical JSON, which holds the hash of the event before it."""
    row = [event[name] for name in HASHED]
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_hash(bundle: Bundle, name: str) -> Tuple[int, str]:
    """A file's size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with bundle.open(name) as file:
        for part in iter(lambda: file.read(1 << 20), b""):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


def check_files(bundle: Bundle, manifest: Json) -> Iterator[str]:
    """What is wrong with the files, one sentence each."""
    names, told = bundle.names(), {file["path"]: file for file in manifest["files"]}
    for name in sorted(set(names) - told.keys() - {MANIFEST}):
        yield f"{name}: not named in the manifest"
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"{name}: there twice"
    for name, file in told.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            yield f"{name}: not a place inside the bundle"
        elif name not in names:
            yield f"{name}: missing"
        elif file_hash(bundle, name) != (file["size"], file["sha256"]):
            yield f"{name}: not the file that the manifest names"


def read_chain(bundle: Bundle, told: Json) -> List[Json]:
    """A chain's events, each link checked. Raises Broken for the first that does not hold."""
    path, previous, events = told["path"], GENESIS, []
    with bundle.open(path) as lines:
        for seq, line in enumerate(lines, 1):
            where = f"{path}, link {seq}"
            event = parse(line, where)
            check_link(event, seq, previous, told, where)
            events.append(event)
            previous = event["hash"]
    if len(events) != told["length"]:
        raise Broken(f"{path}: {len(events)} links, but the manifest says {told['length']}")
    if previous != told["hash"]:
        raise Broken(f"{path}: its last hash is not the one in the manifest")
    return events


def check_link(event: Json, seq: int, previous: str, told: Json, where: str) -> None:
    """Raises Broken where the event is not its chain's next one, or not as it was sealed."""
    try:
        if event["seq"] != seq:
            raise Broken(f"{where}: it says that it is number {event['seq']}")
        if event["previous_hash"] != previous:
            raise Broken(f"{where}: it does not follow the link before it")
        if "withheld" in event:
            return
        for name in ("subject_kind", "subject_id"):
            if event[name] != told[name]:
                raise Broken(f"{where}: it belongs to another chain")
        if event_hash(event) != event["hash"]:
            raise Broken(f"{where}: its hash does not follow from its content")
    except (KeyError, TypeError):
        raise Broken(f"{where}: not an event") from None


def check_original(original: Json, chains: Dict[str, List[Json]], manifest: Json) -> None:
    """Raises Broken where an original is not the file that its chain says was uploaded."""
    name, digest = original["file_id"], original["sha256"]
    events = chains.get(original["chain"], [])
    stored = [e["data"].get("sha256") for e in events if e.get("action") == "file.stored"]
    if stored != [digest]:
        raise Broken(f"original {name}: its hash is not the one in {original['chain']}")
    inside = {file["path"]: file["sha256"] for file in manifest["files"]}
    if "path" in original and inside.get(original["path"]) != digest:
        raise Broken(f"original {name}: {original['path']} is another file")


def check_messages(case: Json, events: List[Json]) -> Tuple[int, int]:
    """How many messages the chain vouches for, and how many cannot be compared.

    A message in which something is masked has another hash than the one that was sent. Raises
    Broken for a sent message that is not there.
    """
    texts = [hashlib.sha256(m["content"].encode()).hexdigest() for m in case["messages"]]
    masked = sum(bool(m["masked"]) for m in case["messages"])
    told = [e for e in events if _text_hash(e)]
    lost = [e for e in told if _text_hash(e) not in texts]
    if len(lost) > masked:
        raise Broken(f"{CASE}: the message of link {lost[0]['seq']} is not among its messages")
    return len(told) - len(lost), len(lost)


def _text_hash(event: Json) -> str:
    """The hash of the message that came with an event; "" where none did, or it is withheld."""
    name = WITH_MESSAGE.get(event.get("action", ""))
    return str(event["data"].get(name) or "") if name else ""


def check(bundle: Bundle) -> Iterator[Tuple[bool, str]]:
    """Each thing checked: whether it holds, and what to say of it."""
    with bundle.open(MANIFEST) as file:
        text = file.read()
    manifest = parse(text, MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Broken(f"{MANIFEST}: not a bundle that this verifier knows ({FORMAT})")
    yield True, f"Case {manifest['dispute_id']}, made {manifest['made_at']} for {manifest['for']}"
    wrong = list(check_files(bundle, manifest))
    yield from ((False, sentence) for sentence in wrong)
    if not wrong:
        yield True, f"{len(manifest['files'])} files are those that the manifest names"
    chains: Dict[str, List[Json]] = {}
    for told in manifest["chains"]:
        try:
            chains[told["path"]] = events = read_chain(bundle, told)
        except (Broken, KeyError, OSError) as error:
            yield False, str(error)
        else:
            hidden = sum("withheld" in event for event in events)
            yield (
                True,
                f"{told['path']}: {len(events)} links hold"
                + (f"; of {hidden} only the hash is told" if hidden else ""),
            )
    yield from check_contents(bundle, manifest, chains)
    yield True, f"SHA-256 of {MANIFEST}: {hashlib.sha256(text).hexdigest()}"


def check_contents(
    bundle: Bundle, manifest: Json, chains: Dict[str, List[Json]]
) -> Iterator[Tuple[bool, str]]:
    """Originals and messages against the chains."""
    try:
        for original in manifest["originals"]:
            check_original(original, chains, manifest)
        if manifest["originals"]:
            yield True, f"{len(manifest['originals'])} originals are those that were uploaded"
        with bundle.open(CASE) as file:
            case = json.loads(file.read())
        sure, unsure = check_messages(case, chains.get("chains/case.jsonl", []))
        yield (
            True,
            f"{sure} messages are those of the chain"
            + (
                f"; {unsure} cannot be compared, for contact data in them is hidden"
                if unsure
                else ""
            ),
        )
    except (Broken, KeyError, OSError, ValueError) as error:
        yield False, str(error)


def main(arguments: List[str]) -> int:
    """0 if everything holds, 1 if anything does not."""
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    holds = True
    try:
        bundle: Bundle = Folder(place) if place.is_dir() else Zip(place)
        for held, sentence in check(bundle):
            holds = holds and held
            print("ok    " if held else "BROKEN", sentence)
    except (Broken, KeyError, OSError, TypeError, zipfile.BadZipFile) as error:
        holds = False
        print("BROKEN", error)
    print("Everything holds." if holds else "This bundle does not hold.")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
