"""Stage on which the unmodified SDK, curl and kernels meet Twilio and ngrok, without leaving this machine."""

from __future__ import annotations

from tests.contract.stage.stage import Stage

__all__ = ["Stage"]
