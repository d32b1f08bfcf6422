"""Passwords inside URLs, masked: ``http://user:password@host`` shows as ``http://***@host``."""

from __future__ import annotations

import re

__all__ = ["masked", "shortened"]

_USER = re.compile(r"(/\\*/)[^/?#\s\"<>]+@")
"""User and password stand between the slashes, which JSON may escape, and the last @ before path, query or fragment
(RFC 3986, 3.2.1)."""


_LOOKED_AT = 4096
"""Characters of a long text that are masked to show its beginning. A million passwords take seconds."""


def masked(text: str) -> str:
    """Return ``text`` with ``***`` in place of the user and password of each URL in it."""
    return _USER.sub(r"\1***@", text) if "@" in text else text


def shortened(text: str, most: int = 80) -> str:
    """Return the masked beginning of ``text`` as messages show it, with ``...`` in place of what is left out."""
    is_long = len(text) > _LOOKED_AT
    # A password may end beyond what is looked at.
    beginning = masked(text[:_LOOKED_AT] + "@") if is_long else masked(text)
    return beginning if len(beginning) <= most and not is_long else beginning[: most - 3] + "..."
