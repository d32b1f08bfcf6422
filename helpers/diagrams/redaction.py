"""Text as it may go into a ticket: SIDs cut short, nothing in it that opens a door."""

from __future__ import annotations

import json
import re
from typing import Any

from helpers.emulator.display.safe_text import clipped, one_line, stable
from helpers.emulator.masking import masked

__all__ = ["body_of", "discreet"]

_SID = re.compile(r"\b([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}\b")
_TOKEN = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])")
"""The shape of an Auth Token: a SID without the two letters in front."""


def discreet(text: object, characters: int = 100) -> str:
    """``text`` on one line of at most so many characters, without ports, full SIDs, tokens or passwords in URLs."""
    flat = masked(_TOKEN.sub("***", stable("" if text is None else str(text))))
    return clipped(one_line(_SID.sub(r"\1…", flat)), characters)


def body_of(text: str | bytes) -> dict[str, Any]:
    """The JSON object that a body spells; empty if it is none."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
