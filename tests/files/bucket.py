"""A real S3 server for tests: SeaweedFS, from its PyPI package."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

BUCKET, KEY, SECRET = "redress-tests", "tests", "tests-secret"
SECONDS = 60
IDENTITY = {
    "name": "tests",
    "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
    "actions": ["Admin", "Read", "Write", "List"],
}
# Of this machine only, small, and telling nobody.
QUIET = (
    *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false"),
    *("-filer=true", "-s3", "-volume.max=4", "-master.volumeSizeLimitMB=64"),
)


def program() -> str | None:
    """Where its program is; None where it is not installed."""
    beside = Path(sys.executable).parent / "weed"
    return str(beside) if beside.exists() else shutil.which("weed")


@contextmanager
def running(weed: str, folder: Path) -> Iterator[str]:
    """The server's address, once it answers and has the bucket. Raises RuntimeError."""
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [IDENTITY]}))
    master, volume, filer, s3 = _free_ports(4)
    ports = [f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}"]
    ports += [f"-s3.port={s3}", "-s3.port.iceberg=0", "-s3.port.lance=0"]
    log = folder / "log"
    with log.open("wb") as told:
        server = subprocess.Popen(
            [weed, "server", f"-dir={folder}", *ports, *QUIET, f"-s3.config={config}"],
            stdout=told,
            stderr=told,
        )
        try:
            endpoint = f"http://127.0.0.1:{s3}"
            if not _has_bucket(endpoint, server):
                raise RuntimeError(f"SeaweedFS did not start: {log.read_text()[-500:]}")
            yield endpoint
        finally:
            server.kill()
            server.wait()


def _has_bucket(endpoint: str, server: subprocess.Popen[bytes]) -> bool:
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        config=Config(retries={"max_attempts": 0}, connect_timeout=2, read_timeout=5),
    )
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            client.create_bucket(Bucket=BUCKET)
        except (BotoCoreError, ClientError):
            time.sleep(0.3)
        else:
            return True
    return False


def _free_ports(count: int) -> list[int]:
    """Ports nobody listens on; its gRPC ports are these plus 10,000."""
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            pair = [held.enter_context(socket.socket()) for _ in range(2)]
            pair[0].bind(("127.0.0.1", 0))
            port = pair[0].getsockname()[1]
            try:
                pair[1].bind(("127.0.0.1", port + 10_000))
            except (OSError, OverflowError):
                continue
            found.append(port)
    return found
