"""Checks an evidence bundle of Redress, offline, with nothing but Python 3.8 or newer.

    python verify.py                 in the unpacked folder
    python verify.py FOLDER          another unpacked folder
    python verify.py bundle.zip      the bundle as it came
    python verify.py ... SHA256      and whether its manifest.json is the one of that hash

It checks that every file is the one that manifest.json names, that each chain of events holds
(each event's hash follows from its content and from the hash before it) and ends where the manifest
says, that the files of the case are the ones whose hashes the chains keep, and so are the texts in
case.json, and that its claim, history and outcome are those of the chain. It prints what it
checked, and ends with 0 if all of it holds, else with 1.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Callable, Dict, Iterator, List, Tuple, Union

MANIFEST, CASE, CHAIN = "manifest.json", "case.json", "chains/case.jsonl"
FORMAT = "redress-evidence-bundle/1"
GENESIS = "0" * 64  # what the first event of a chain follows
HASHED = ("subject_kind", "subject_id", "seq", "action", "actor", "at", "data", "previous_hash")
# Where an event keeps the hash of what was written with it.
TEXTS = ("sha256", "note_sha256", "address_sha256")
WRITTEN = (
    ("messages", "content"),
    ("notes", "content"),
    ("appeals", "text"),
    ("evidence", "note"),
    ("offers", "note"),
    ("offers", "return_address"),
    ("returns", "note"),
    ("returns", "return_address"),
)
# What these events have kept only since a later version.
LATER = {
    "case.offer_accepted": "sha256",
    "case.offer_made": "address_sha256",
    "case.offer_countered": "address_sha256",
}
ENDS = ("case.resolved", "case.appeal_decided")
# What reading a file that is not what it says may raise: a damaged ZIP, an unknown compression.
UNREADABLE = (OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error)
MALFORMED = (LookupError, TypeError, AttributeError, ValueError)
Json = Dict[str, Any]


class Broken(Exception):
    """Something does not hold; says what."""


def need(holds: bool, otherwise: str) -> None:
    """Raises Broken, with `otherwise` for its words, unless it holds."""
    if not holds:
        raise Broken(otherwise)


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
        need(len(found) == len(pairs), f"{where}: a key stands twice in one object")
        return found

    def refuse(number: str) -> Any:
        raise Broken(f"{where}: {number} is not a whole number")

    try:
        return json.loads(text, object_pairs_hook=once, parse_float=refuse, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Broken(f"{where}: not JSON ({error})") from None


def text_hash(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def event_hash(event: Json) -> str:
    """The SHA-256 of an event's canonical JSON, which holds the hash of the event before it."""
    row = [event[name] for name in HASHED]
    return text_hash(json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def file_hash(bundle: Bundle, name: str) -> Tuple[int, str]:
    """A file's size and SHA-256. Raises Broken where it cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with bundle.open(name) as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                digest.update(part)
                size += len(part)
    except UNREADABLE as error:
        raise Broken(f"{name}: cannot be read ({error})") from None
    return size, digest.hexdigest()


def check_files(bundle: Bundle, manifest: Json) -> Iterator[str]:
    """What is wrong with the files, one sentence each."""
    names, told = bundle.names(), {file["path"]: file for file in manifest["files"]}
    for name in sorted(set(names) - told.keys() - {MANIFEST}):
        yield f"{name}: not named in the manifest"
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"{name}: there twice"
    for name, file in told.items():
        try:
            path = PurePosixPath(name)
            inside = not (path.is_absolute() or ".." in path.parts or "\\" in name)
            need(inside, f"{name}: not a place inside the bundle")
            need(name in names, f"{name}: missing")
            same = file_hash(bundle, name) == (file["size"], file["sha256"])
            need(same, f"{name}: not the file that the manifest names")
        except Broken as error:
            yield str(error)


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
    length = told["length"]
    need(len(events) == length, f"{path}: {len(events)} links, but the manifest says {length}")
    need(previous == told["hash"], f"{path}: its last hash is not the one in the manifest")
    return events


def check_link(event: Json, seq: int, previous: str, told: Json, where: str) -> None:
    """Raises Broken where the event is not its chain's next one, or not as it was sealed."""
    try:
        need(event["seq"] == seq, f"{where}: it says that it is number {event['seq']}")
        follows = event["previous_hash"] == previous
        need(follows, f"{where}: it does not follow the link before it")
        if "withheld" in event:
            return
        for name in ("subject_kind", "subject_id"):
            need(event[name] == told[name], f"{where}: it belongs to another chain")
        sealed = event_hash(event) == event["hash"]
        need(sealed, f"{where}: its hash does not follow from its content")
    except (KeyError, TypeError):
        raise Broken(f"{where}: not an event") from None


def check_originals(manifest: Json, case: Json, chains: Dict[str, List[Json]]) -> str:
    """Every file of the case is in the bundle, and is the one that was uploaded.

    Raises Broken for the first that is not.
    """
    told = {original["file_id"]: original for original in manifest["originals"]}
    inside = {file["path"]: file["sha256"] for file in manifest["files"]}
    for name, file in told.items():
        digest, path = file["sha256"], file.get("path")
        events = chains.get(file["chain"], [])
        stored = [e["data"].get("sha256") for e in events if e.get("action") == "file.stored"]
        # Who is not told who uploaded it, or its whole name, has the link alone, and no original.
        untold = not stored and path is None and any("withheld" in e for e in events)
        same = stored == [digest] or untold
        need(same, f"original {name}: its hash is not the one in {file['chain']}")
        need(file["shown"] in inside, f"original {name}: {file['shown']} is not in the bundle")
        kept = path is None or inside.get(path) == digest
        need(kept, f"original {name}: {path} is another file")
    for event in chains[CHAIN]:
        for file in event.get("data", {}).get("files") or []:
            same = told.get(file["file"], {}).get("sha256") == file["sha256"]
            need(same, f"{CHAIN}, link {event['seq']}: its file {file['file']} is not there")
    used = [
        name for part in ("messages", "evidence") for row in case[part] for name in row["files"]
    ]
    for name in used:
        need(name in told, f"{CASE}: its file {name} is not there")
    return f"{len(told)} originals are those that were uploaded"


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def check_texts(manifest: Json, case: Json, events: List[Json]) -> str:
    """What was written is what the chain keeps the hashes of: nothing changed, lost or added.

    A text of which the reader sees only a part has another hash than what was written; case.json
    says how many those are. Staff's notes are in staff's bundle alone. Raises Broken.
    """
    if manifest["for"] != "STAFF":
        events = [event for event in events if event.get("action") != "case.note_added"]
    here, hidden = {text_hash(text) for text in texts_in(case)}, case["hidden_texts"]
    kept = [(e["seq"], e["data"].get(name)) for e in events if "data" in e for name in TEXTS]
    kept = [(seq, digest) for seq, digest in kept if digest]
    lost = [seq for seq, digest in kept if digest not in here]
    need(len(lost) <= hidden, f"{CASE}: the text of link {lost[:1]} is not in it")
    known = {digest for _, digest in kept}
    strange = [text for text in _written(case) if text_hash(text) not in known]
    unsure = hidden + sum("withheld" in event or _older(event) for event in events)
    need(len(strange) <= unsure, f"{CASE}: the chain knows nothing of the text {strange[:1]}")
    end = f"; {len(lost)} cannot be compared, for contact data in them is hidden"
    return f"{len(kept) - len(lost)} texts are those of the chain" + (end if lost else "")


def _older(event: Json) -> bool:
    """Whether the event is of a time when it did not keep the hash of what came with it."""
    later = LATER.get(event["action"])
    return later is not None and later not in event["data"]


def _written(case: Json) -> Iterator[str]:
    """What somebody wrote for others to read, but for what is empty."""
    for part, name in WRITTEN:
        yield from (row[name] for row in case.get(part, []) if row[name])


def check_story(manifest: Json, case: Json, events: List[Json]) -> str:
    """The claim, the history and the outcome in case.json are those of the chain. Raises Broken."""
    told = {event["seq"]: event for event in events if "withheld" not in event}
    want = {"dispute_id": manifest["dispute_id"]}
    if 1 in told:
        claim = told[1]["data"]
        want.update({name: claim[name] for name in ("order", "reason", "sub_reason")})
        want["requested_amount"] = claim["requested"]
    ends = [event for event in events if event.get("action") in ENDS]
    later = events[ends[-1]["seq"] :] if ends else []
    if ends and case["status"] == "RESOLVED" and all(event["seq"] in told for event in later):
        end = ends[-1]["data"]
        want.update(outcome=end["outcome"], borne_by=end["borne_by"])
        want["refunded_amount"] = end["refund"]
    for name, value in want.items():
        need(case[name] == value, f"{CASE}: its {name} is not the chain's")
    for line in case["timeline"]:
        event = told.get(line["seq"])
        said = (line["action"], line["time"], line["actor"])
        same = not event or said == (event["action"], event["at"], event["actor"]["kind"])
        need(same, f"{CASE}: its timeline is not the chain's at link {line['seq']}")
    return f"{CASE} tells of the claim, what happened and the outcome as the chain does"


def check(bundle: Bundle, expected: str) -> Iterator[Tuple[bool, str]]:
    """Each thing checked: whether it holds, and what to say of it."""
    with bundle.open(MANIFEST) as file:
        text = file.read()
    manifest = parse(text, MANIFEST)
    known = isinstance(manifest, dict) and manifest.get("format") == FORMAT
    need(known, f"{MANIFEST}: not a bundle that this verifier knows ({FORMAT})")
    yield True, f"Case {manifest['dispute_id']}, made {manifest['made_at']} for {manifest['for']}"
    wrong = list(check_files(bundle, manifest))
    yield from ((False, sentence) for sentence in wrong)
    if not wrong:
        yield True, f"{len(manifest['files'])} files are those that the manifest names"
    chains: Dict[str, List[Json]] = {}
    for told in manifest["chains"]:
        try:
            chains[told["path"]] = events = read_chain(bundle, told)
        except (Broken, *MALFORMED, *UNREADABLE) as error:
            yield False, str(error)
        else:
            hidden = sum("withheld" in event for event in events)
            end = f"; of {hidden} only the hash is told" if hidden else ""
            yield True, f"{told['path']}: {len(events)} links hold{end}"
    yield from check_contents(bundle, manifest, chains)
    digest = hashlib.sha256(text).hexdigest()
    same = expected in ("", digest)
    yield same, f"SHA-256 of {MANIFEST}: {digest}" + ("" if same else f", not {expected}")


def check_contents(
    bundle: Bundle, manifest: Json, chains: Dict[str, List[Json]]
) -> Iterator[Tuple[bool, str]]:
    """The case and its files against the chains, each thing by itself."""
    whose = [(c["path"], c["subject_kind"], c["subject_id"]) for c in manifest["chains"]]
    own = (CHAIN, "case", manifest["dispute_id"])
    need(own in whose, f"{CHAIN}: the manifest names no chain of this case")
    if not chains.get(CHAIN):
        return
    with bundle.open(CASE) as file:
        case = parse(file.read(), CASE)
    checks: List[Callable[[], str]] = [
        lambda: check_originals(manifest, case, chains),
        lambda: check_texts(manifest, case, chains[CHAIN]),
        lambda: check_story(manifest, case, chains[CHAIN]),
    ]
    for one in checks:
        try:
            yield True, one()
        except Broken as error:
            yield False, str(error)


def main(arguments: List[str]) -> int:
    """0 if everything holds, 1 if anything does not."""
    *places, last = arguments or [""]
    given = re.fullmatch("[0-9a-fA-F]{64}", last) is not None
    places = places if given else arguments
    place = Path(places[0]) if places else Path(__file__).resolve().parent
    holds = True
    try:
        bundle: Bundle = Folder(place) if place.is_dir() else Zip(place)
        for held, sentence in check(bundle, last.lower() if given else ""):
            holds = holds and held
            print("ok    " if held else "BROKEN", sentence)
    except (Broken, *UNREADABLE) as error:
        holds = False
        print("BROKEN", error)
    except MALFORMED as error:
        holds = False
        print("BROKEN", f"not as a bundle has it ({error!r})")
    print("Everything holds." if holds else "This bundle does not hold.")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
