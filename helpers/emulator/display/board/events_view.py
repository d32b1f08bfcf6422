"""Events of a Workspace in words: a sentence for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..events.event_sentences import event_text
from ..safe_text import one_line

__all__ = ["event_sentence"]


def event_sentence(event_type: str, data: Mapping[str, Any], description: str = "") -> str:
    """Return a sentence about the event; Twilio's description if its type is unknown, or a name is missing."""
    text = event_text(event_type, data)
    if text is None:
        return one_line(description) or one_line(event_type)
    return text if text.endswith("…") else f"{text}."
