"""How the ``twilio`` SDK reaches the emulator: as ``Client(..., http_client=...)``, and nothing else changes."""

from __future__ import annotations

from .http_client import EmulatorGone, EmulatorHttpClient

__all__ = ["EmulatorGone", "EmulatorHttpClient"]
