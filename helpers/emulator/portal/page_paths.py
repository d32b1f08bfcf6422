"""Paths of the portal's pages, known to the server before a browser has asked for one."""

from __future__ import annotations

import re

__all__ = ["PORTAL", "is_page", "name_page"]

PORTAL = "/portal/"
"""Beginning of the paths of what a page loads and asks."""

_PAGE = re.compile(r"/(?:(?:workspaces|requests)(?:/.*)?|clock)?", re.DOTALL)


_COLLECTIONS = {"WT": "tasks", "WK": "workers", "WW": "workflows"}


def is_page(path: str) -> bool:
    """Return True if a browser gets the portal's page at ``path``; the script in it decides what is shown."""
    return _PAGE.fullmatch(path) is not None


def name_page(url: str, workspace_sid: str, sid: str) -> str:
    """Return a line that names the portal's page of a Task, a Worker or a Workflow; ``url`` is the server's."""
    return f"In the portal: {url.rstrip('/')}/workspaces/{workspace_sid}/{_COLLECTIONS[sid[:2]]}/{sid}"
