"""The links in every staff page's header: apps register theirs, readers see what they may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Link:
    """A section: its name, its address and the permission one needs to see it."""

    label: str | Promise
    url_name: str
    permission: str
    order: int


_LINKS: dict[str, Link] = {}


def register_link(label: str | Promise, url_name: str, permission: str, order: int) -> None:
    """Put a section in the header for those with `permission`; lower `order` stands first."""
    _LINKS[url_name] = Link(label, url_name, permission, order)


def links_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The sections of this reader: label, address, and whether this page lies in it."""
    shown = []
    for link in sorted(_LINKS.values(), key=lambda each: each.order):
        if request.user.has_perm(link.permission):
            url = reverse(link.url_name)
            here = request.path.startswith(url)
            shown.append({"label": link.label, "url": url, "here": here})
    return shown
