"""FeedMessage to those who look at a Workspace."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec

__all__ = ["FeedMessage"]


class FeedMessage:
    """FeedMessage of plain values in ``body``; its ``text`` is JSON, made once for all who get it."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body = body

    @cached_property
    def text(self) -> str:
        """The message as JSON."""
        return msgspec.json.encode(self.body).decode()
