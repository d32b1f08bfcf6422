"""Masking of passwords in URLs: ``http://user:password@host`` becomes ``http://***@host``."""

from __future__ import annotations

import re

__all__ = ["mask", "shorten"]

_USER = re.compile(r"(/\\*/)[^/?#\s\"<>]+@")
"""Pattern of user and password: between the slashes, which JSON can escape, and the last @ before path, query or
fragment (RFC 3986, 3.2.1)."""

_ENCODED_USER = re.compile(r"(%2F%2F)(?:(?!%2F|%3F|%23)[^/?#&\s\"<>])+%40", re.IGNORECASE)
"""Pattern of the same in a URL that stands percent-encoded in another one, as in the ``meta.url`` of a list."""

_LOOKED_AT = 4096
"""Length of the part of a long text that is masked to show its beginning: a million passwords take seconds."""


def mask(text: str) -> str:
    """Return ``text`` with ``***`` in place of the user and password of each URL in it."""
    if "@" in text:
        text = _USER.sub(r"\1***@", text)
    return _ENCODED_USER.sub(r"\1***%40", text) if "%40" in text else text


def shorten(text: str, most: int = 80) -> str:
    """Return the masked beginning of ``text`` for a message, with ``...`` in place of the rest."""
    is_long = len(text) > _LOOKED_AT
    # A password can end beyond that part.
    beginning = mask(text[:_LOOKED_AT] + "@") if is_long else mask(text)
    return beginning if len(beginning) <= most and not is_long else beginning[: most - 3] + "..."
