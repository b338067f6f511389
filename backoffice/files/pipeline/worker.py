"""The process that decodes: `python -m backoffice.files.pipeline.worker`, started by pool.py.

It knows no database, no setting and no secret (its environment is empty). What it may use is
bounded; should a decoder crash, hang or be turned against us, this process dies and no other.
"""

from __future__ import annotations

import os
import resource
from typing import IO

from backoffice.files.enums import Format
from backoffice.files.fingerprints import of as fingerprints_of
from backoffice.files.pipeline import frames
from backoffice.files.pipeline.decoding import decode, upright
from backoffice.files.pipeline.facts import facts_of
from backoffice.files.pipeline.rendering import derivatives, in_srgb
from backoffice.files.pipeline.results import MB, Photo, Unfit

MEMORY = 2048 * MB
CPU_SECONDS = 15


def make(content: bytes, format_: Format) -> Photo:
    """The photo made anew. Raises Unfit."""
    image = decode(content, format_)
    facts = facts_of(image)
    image = upright(image)
    try:
        image = in_srgb(image)
        view, large, small = derivatives(image)
        fingerprints = list(fingerprints_of(image))
    except MemoryError as error:
        raise Unfit("too_many_pixels") from error
    except Unfit:
        raise
    except Exception as error:
        raise Unfit("malformed") from error
    return Photo(image.width, image.height, facts, view, large, small, fingerprints)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer one request after another until the other side has gone."""
    while True:
        try:
            head, (content,) = frames.read(requests)
        except EOFError:
            return
        _allow_cpu(CPU_SECONDS)
        try:
            photo = make(content, Format(head["format"]))
        except Unfit as unfit:
            frames.write(answers, {"unfit": unfit.code})
            continue
        told = {
            "width": photo.width,
            "height": photo.height,
            "facts": photo.facts,
            "fingerprints": photo.fingerprints,
        }
        frames.write(answers, told, photo.view, photo.large, photo.small)


def _confine() -> None:
    """No more memory than the largest photo takes, no file written, no core left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_cpu(seconds: int) -> None:
    """So many seconds more; then the kernel ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))


def main() -> None:
    """Take requests from standard input. What a library prints must not mix with the answers."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    requests = os.fdopen(0, "rb")
    _confine()
    serve(requests, answers)


if __name__ == "__main__":
    main()
