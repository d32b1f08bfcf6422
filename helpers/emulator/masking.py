"""Passwords inside URLs, masked: ``http://user:password@host`` shows as ``http://***@host``."""

from __future__ import annotations

import re

__all__ = ["masked"]

_USER = re.compile(r"(/\\*/)[^/?#\s\"<>]+@")
"""User and password stand between the slashes, which JSON may escape, and the last @ before path, query or fragment
(RFC 3986, 3.2.1)."""


def masked(text: str) -> str:
    """Return ``text`` with ``***`` in place of the user and password of each URL in it."""
    return _USER.sub(r"\1***@", text) if "@" in text else text
