"""The links in every staff page's header: apps register theirs, readers see what they may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Link:
    """A section: its name, its address and the permission one needs to see it.

    `keys` lead there where a page listens to keys, such as "g t".
    """

    label: str | Promise
    url_name: str
    permission: str
    order: int
    keys: str


_LINKS: dict[str, Link] = {}


def register_link(
    label: str | Promise, url_name: str, permission: str, order: int, keys: str = ""
) -> None:
    """Put a section in the header for those with `permission`; lower `order` stands first."""
    _LINKS[url_name] = Link(label, url_name, permission, order, keys)


def links_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The sections of this reader: label, address, and whether this page lies in it."""
    links = sorted(_LINKS.values(), key=lambda each: each.order)
    urls = {reverse(e.url_name): e for e in links if request.user.has_perm(e.permission)}
    # A section may lie within another: the page is of the innermost.
    here = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    return [
        {"label": e.label, "url": url, "here": url == here, "keys": e.keys}
        for url, e in urls.items()
    ]
