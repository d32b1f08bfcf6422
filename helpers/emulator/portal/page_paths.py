"""Paths of the portal's pages, known to the server before a browser has asked for one."""

from __future__ import annotations

import re

__all__ = ["PAGE_HEADER", "PORTAL", "is_page"]

PAGE_HEADER = b"x-portal"
"""Header of the page's own requests: a page of another origin can't send it unasked (CORS)."""

PORTAL = "/portal/"
"""Beginning of the paths of what a page loads and asks."""

_PAGE = re.compile(r"/(?:(?:workspaces|requests)(?:/.*)?|clock)?", re.DOTALL)


def is_page(path: str) -> bool:
    """Return True if a browser gets the portal's page at ``path``; the script in it decides what is shown."""
    return _PAGE.fullmatch(path) is not None
