"""Somebody from outside: a program with an API key, a person with a browser. HTTP and no more."""

from __future__ import annotations

import json
import re
import uuid
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

TIMEOUT = 30  # seconds
HIDDEN = ("version", "seen")  # at which state of the case the page was made
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Program:
    """The marketplace's program: JSON in, status and JSON out."""

    def __init__(self, home: str, key: str) -> None:
        self._home, self._key = f"{home}/api/v1/", key
        self._opener = build_opener()

    def get(self, address: str, **query: str) -> Any:
        """The JSON at `address`. Raises HTTPError for a refusal."""
        asked = f"?{urlencode(query)}" if query else ""
        return self._send(Request(self._home + address + asked))[1]  # noqa: S310  our own address

    def post(self, address: str, body: Any) -> tuple[int, Any]:
        """The status and the JSON answered to `body`, a problem document too."""
        request = Request(self._home + address, json.dumps(body).encode())  # noqa: S310
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", str(uuid.uuid4()))
        try:
            return self._send(request)
        except HTTPError as refusal:
            return refusal.code, json.load(refusal)

    def upload(self, address: str, name: str, content: bytes, **fields: str) -> Any:
        """The JSON answered to one file in a form. Raises HTTPError for a refusal."""
        edge = uuid.uuid4().hex
        head = 'Content-Disposition: form-data; name="{}"'.format
        parts = [f"--{edge}\r\n{head(n)}\r\n\r\n{v}\r\n".encode() for n, v in fields.items()]
        said = f'--{edge}\r\n{head("files")}; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, said, content, f"\r\n--{edge}--\r\n".encode()])
        request = Request(self._home + address, body)  # noqa: S310
        request.add_header("Content-Type", f"multipart/form-data; boundary={edge}")
        return self._send(request)[1]

    def download(self, address: str) -> bytes:
        """The bytes at `address`. Raises HTTPError for a refusal."""
        request = Request(self._home + address)  # noqa: S310
        request.add_header("Authorization", f"Bearer {self._key}")
        with self._opener.open(request, timeout=TIMEOUT) as response:
            return bytes(response.read())

    def _send(self, request: Request) -> tuple[int, Any]:
        request.add_header("Authorization", f"Bearer {self._key}")
        with self._opener.open(request, timeout=TIMEOUT) as response:
            return response.status, json.load(response)


class Person:
    """Somebody with a browser: cookies, forms, pages."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def log_in(self, email: str, password: str) -> str:
        """Fill in the admin's form; the page that follows. Raises HTTPError."""
        address = "/admin/login/?next=/admin/"
        token = _TOKEN.search(self.read(address))
        assert token is not None, "the login page has no form"
        form = {"csrfmiddlewaretoken": token[1], "username": email, "password": password}
        return self._open(address, urlencode(form | {"next": "/admin/"}).encode())

    def read(self, address: str) -> str:
        """The page at `address`."""
        return self._open(address, None)

    def fill_in(self, page: str, address: str, **fields: str) -> str:
        """Send a form of the page at `page`, as that page was, to `address`; what follows."""
        shown = self.read(page)
        hidden = {"csrfmiddlewaretoken": _TOKEN.search(shown)}
        hidden |= {name: re.search(rf'name="{name}" value="(\d+)"', shown) for name in HIDDEN}
        form = {name: found[1] for name, found in hidden.items() if found} | fields
        return self._open(address, urlencode(form).encode())

    def _open(self, address: str, form: bytes | None) -> str:
        request = Request(self._home + address, form, {"Referer": self._home})  # noqa: S310
        with self._opener.open(request, timeout=TIMEOUT) as response:
            return str(response.read().decode())
