"""Redaction of text for tickets: short SIDs, no secrets."""

from __future__ import annotations

import json
import re
from typing import Any

from helpers.emulator.display.safe_text import clip, hide_ports, one_line
from helpers.emulator.masking import mask

__all__ = ["read_body", "redact"]

_SID = re.compile(r"\b([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}\b")
_TOKEN = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])")
"""Form of an Auth Token: a SID without the two letters in front."""


def redact(text: object, characters: int = 100) -> str:
    """Return ``text`` on a line of at most ``characters``, without ports, full SIDs, tokens or passwords in URLs."""
    flat = mask(_TOKEN.sub("***", hide_ports("" if text is None else str(text))))
    return clip(one_line(_SID.sub(r"\1…", flat)), characters)


def read_body(text: str | bytes) -> dict[str, Any]:
    """Return the JSON object in a body; an empty dict if it isn't one."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
