"""Questions of the portal about a Workspace: each is read or tried on a copy, and changes nothing."""

from __future__ import annotations

from ..answers.source import Source, source_of_replica
from .asking import answer_question, ask_emulator

__all__ = ["Source", "answer_question", "ask_emulator", "source_of_replica"]
